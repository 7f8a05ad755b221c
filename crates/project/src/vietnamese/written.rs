//! What a format could not carry as it was, in Vietnamese.

use formats::WriteNote;
use planning::Text;

/// A note of writing in both languages.
pub fn write_note_text(note: &WriteNote) -> Text {
    let vi = of_columns(note).or_else(|| of_features(note)).unwrap_or_else(|| note.to_string());
    Text { vi, en: note.to_string() }
}

/// What became of names and values.
fn of_columns(note: &WriteNote) -> Option<String> {
    Some(match note {
        WriteNote::Renamed { from, to } => format!("cột “{from}” được ghi với tên “{to}”"),
        WriteNote::AttributesLeftOut { columns, values } => {
            format!("định dạng không có thuộc tính: bỏ {values} giá trị ({})", columns.join(", "))
        }
        WriteNote::BooleanAsNumber { column } => {
            format!("giá trị đúng và sai của “{column}” được ghi là 1 và 0")
        }
        WriteNote::AsText { column } => format!(
            "“{column}” có giá trị thuộc nhiều loại, hoặc số quá lớn cho định dạng này: được ghi dưới dạng chữ"
        ),
        WriteNote::TextsShortened { column, count, bytes } => format!(
            "{count} giá trị chữ của “{column}” bị cắt còn {bytes} byte, độ dài lớn nhất của định dạng"
        ),
        WriteNote::TextsChanged { column, count } => format!(
            "{count} giá trị chữ của “{column}” có ký tự mà định dạng không chứa được: thay bằng khoảng trắng"
        ),
        WriteNote::NumbersRounded { column, count } => {
            format!("{count} số của “{column}” mất các chữ số cuối")
        }
        WriteNote::NullAsEmpty { columns, values, zeros } => format!(
            "định dạng không có giá trị trống: {values} giá trị trống đọc lại thành chữ rỗng{} ({})",
            if *zeros { ", số thành 0" } else { "" },
            columns.join(", ")
        ),
        WriteNote::EmptyAsNull { columns, values } => format!(
            "định dạng không có chữ rỗng: {values} chữ rỗng đọc lại thành giá trị trống ({})",
            columns.join(", ")
        ),
        _ => return None,
    })
}

/// What became of shapes, levels and the CRS.
fn of_features(note: &WriteNote) -> Option<String> {
    Some(match note {
        WriteNote::LevelsGiven { levels } => {
            let levels: Vec<String> =
                levels.iter().map(|(level, code)| format!("{level} cho {code}")).collect();
            format!("các lớp (level) được đặt: {}", levels.join(", "))
        }
        WriteNote::LevelsPassedOver { levels } => format!(
            "bản vẽ không thể có các lớp hoặc màu này của bảng, nên chúng không được dùng: {}",
            levels.join(", ")
        ),
        WriteNote::CollectionsLeftOut { features } => format!(
            "{features} đối tượng có hình học gồm nhiều loại mà định dạng không chứa được: được ghi không có hình học"
        ),
        WriteNote::FeaturesLeftOut { features } => {
            format!("bỏ {features} đối tượng không có hình học mà bản vẽ chứa được")
        }
        WriteNote::PartsApart { features } => {
            format!("{features} đối tượng có nhiều phần: mỗi phần thành một đối tượng riêng")
        }
        WriteNote::HolesApart { holes } => {
            format!("{holes} lỗ thành đối tượng riêng, nằm trên vùng có lỗ")
        }
        WriteNote::Grid { width, degrees } => {
            format!("tọa độ được làm tròn đến {width} {}", if *degrees { "độ" } else { "m" })
        }
        WriteNote::CrsNotNamed { crs } => {
            format!("định dạng không ghi được hệ tọa độ: đó là {crs}; hãy báo cho người nhận tệp")
        }
        WriteNote::GdalSaid(message) => format!("GDAL báo: {message}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind, each with names and numbers of its own.
    fn all() -> Vec<WriteNote> {
        let (column, columns) = ("tên".to_owned(), vec!["tên".to_owned(), "mã".to_owned()]);
        let levels = vec!["64".to_owned()];
        vec![
            WriteNote::Renamed { from: "diện tích".to_owned(), to: "diện tí".to_owned() },
            WriteNote::AttributesLeftOut { columns: columns.clone(), values: 7 },
            WriteNote::LevelsGiven { levels: vec![("2".to_owned(), "RSX".to_owned())] },
            WriteNote::LevelsPassedOver { levels },
            WriteNote::BooleanAsNumber { column: column.clone() },
            WriteNote::AsText { column: column.clone() },
            WriteNote::TextsShortened { column: column.clone(), count: 3, bytes: 254 },
            WriteNote::TextsChanged { column: column.clone(), count: 4 },
            WriteNote::NullAsEmpty { columns: columns.clone(), values: 5, zeros: true },
            WriteNote::EmptyAsNull { columns, values: 6 },
            WriteNote::NumbersRounded { column, count: 8 },
            WriteNote::CollectionsLeftOut { features: 9 },
            WriteNote::FeaturesLeftOut { features: 10 },
            WriteNote::PartsApart { features: 11 },
            WriteNote::HolesApart { holes: 12 },
            WriteNote::Grid { width: 0.001, degrees: false },
            WriteNote::CrsNotNamed { crs: "EPSG:9215".to_owned() },
            WriteNote::GdalSaid("?".to_owned()),
        ]
    }

    #[test]
    fn every_kind_has_vietnamese_words_with_its_names_and_numbers() {
        for note in all() {
            let Text { vi, en } = write_note_text(&note);
            assert_ne!(vi, en);
            let told = |text: &str| -> Vec<String> {
                let mut numbers: Vec<String> = text
                    .split(|c: char| !(c.is_ascii_digit() || c == '.'))
                    .map(|number| number.trim_matches('.').to_owned())
                    .filter(|number| !number.is_empty())
                    .collect();
                numbers.sort();
                numbers
            };
            assert_eq!(told(&vi), told(&en), "{note:?}");
            for name in ["tên", "mã", "diện tí", "RSX", "EPSG:9215"] {
                assert!(!en.contains(name) || vi.contains(name), "{vi}");
            }
        }
        let renamed = &all()[0];
        assert_eq!(write_note_text(renamed).vi, "cột “diện tích” được ghi với tên “diện tí”");
    }
}
