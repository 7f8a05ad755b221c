//! The calendar day.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use planning::PartialDate;

/// Viet Nam is seven hours ahead of UTC all year.
const OFFSET: Offset = Offset::constant(7);

/// Today in Viet Nam; `None` for a clock that is thousands of years off.
pub(crate) fn today() -> Option<PartialDate> {
    day_of(Timestamp::now())
}

fn day_of(time: Timestamp) -> Option<PartialDate> {
    let date = time.to_zoned(TimeZone::fixed(OFFSET)).date();
    let number = |value: i8| u8::try_from(value).ok();
    PartialDate::day(u16::try_from(date.year()).ok()?, number(date.month())?, number(date.day())?)
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn a_day_begins_at_seventeen_hours_of_the_day_before() {
        let day = |text: &str| day_of(text.parse().unwrap()).unwrap().to_string();
        assert_eq!(day("2025-06-30T16:59:59Z"), "2025-06-30");
        assert_eq!(day("2025-06-30T17:00:00Z"), "2025-07-01");
    }
}
