//! What a reading noted, in Vietnamese: a sentence for each kind, with its place; where the note's own numbers and names matter,
//! its English words stand behind.

use formats::{Note, NoteKind};
use planning::Text;

/// A note in both languages.
pub fn note_text(note: &Note) -> Text {
    let line = note.line.map(|line| match note.column {
        Some(column) => format!("dòng {line}, cột {column}"),
        None => format!("dòng {line}"),
    });
    let feature = note.position.map(|position| match &note.id {
        Some(id) => format!("đối tượng {position} (mã {id})"),
        None => format!("đối tượng {position}"),
    });
    let places: Vec<String> = line.into_iter().chain(feature).collect();
    let place = if places.is_empty() { String::new() } else { format!("{}: ", places.join(", ")) };
    let (words, is_whole) = words(note.kind);
    let times = if note.count > 1 { format!(" ({} lần)", note.count) } else { String::new() };
    let rest = if is_whole { String::new() } else { format!(" – {}", note.message) };
    Text { vi: format!("{place}{words}{times}{rest}"), en: note.to_string() }
}

/// What a kind of note says, and whether that is all.
fn words(kind: NoteKind) -> (&'static str, bool) {
    left_out(kind).or_else(|| changed(kind)).or_else(|| of_lists(kind)).unwrap_or_else(|| kept(kind))
}

/// Kinds by which something was not read.
fn left_out(kind: NoteKind) -> Option<(&'static str, bool)> {
    Some(match kind {
        NoteKind::Truncated => ("tệp bị cắt ngang; phần sau chỗ này không đọc được", true),
        NoteKind::RestUnreadable => ("chữ hỏng, sau chỗ này không tìm thấy đối tượng nào nữa", true),
        NoteKind::TrailingData => ("sau phần cuối của tệp còn nội dung khác, không đọc", true),
        NoteKind::FeatureCutOff => ("tệp kết thúc giữa một đối tượng: bỏ đối tượng đó", true),
        NoteKind::Syntax => ("sai cú pháp JSON: bỏ đối tượng này", false),
        NoteKind::BrokenFeature => ("đối tượng hỏng: bỏ", false),
        NoteKind::InvalidUtf8 => ("chữ không phải UTF-8: bỏ đối tượng này; hãy chọn bảng mã", false),
        NoteKind::FeatureTooLarge => ("đối tượng lớn hơn giới hạn: bỏ", false),
        NoteKind::TooManyVertices => ("nhiều đỉnh hơn giới hạn: bỏ đối tượng này", false),
        NoteKind::TooDeep => ("lồng nhau sâu hơn giới hạn: bỏ đối tượng này", true),
        NoteKind::TooManyProperties => ("nhiều thuộc tính hơn giới hạn: bỏ đối tượng này", false),
        NoteKind::TextTooLong => ("chữ dài hơn giới hạn: bỏ đối tượng này", false),
        NoteKind::NotAnObject => ("phần tử trong danh sách không phải đối tượng: bỏ", true),
        NoteKind::WrongType => ("phần tử không có kiểu Feature: bỏ", true),
        NoteKind::BadGeometry => ("hình học không hợp lệ: bỏ đối tượng này", false),
        NoteKind::UnsupportedGeometry => ("loại hình học này không đọc được: bỏ đối tượng", false),
        NoteKind::BadNesting => ("ngoặc tọa độ không đúng với loại hình học: bỏ đối tượng này", true),
        NoteKind::BadPosition => ("tọa độ không đọc được: bỏ đối tượng này", false),
        NoteKind::NotFinite => ("tọa độ không phải số hữu hạn: bỏ đối tượng này", true),
        NoteKind::MixedCrs => ("hệ tọa độ khác các đối tượng trước: bỏ đối tượng này", false),
        _ => return None,
    })
}

/// Kinds by which something was read as other than it was written.
fn changed(kind: NoteKind) -> Option<(&'static str, bool)> {
    Some(match kind {
        NoteKind::BadProperties => ("thuộc tính không đọc được: coi như không có", true),
        NoteKind::BadId => ("mã không phải chữ hay số: coi như không có", true),
        NoteKind::UnclosedRing => ("vòng ranh chưa khép: đã khép lại", false),
        NoteKind::EmptyPart => ("phần rỗng của hình học: đã bỏ", true),
        NoteKind::EmptyGeometry => ("tọa độ rỗng: coi như không có hình học", true),
        NoteKind::DuplicateKey => ("một tên thuộc tính có hai lần: lấy giá trị sau", false),
        NoteKind::PropertyNotFinite => ("giá trị không phải số hữu hạn: coi như không có", true),
        NoteKind::TextNormalised => ("chữ đã được đưa về Unicode dựng sẵn (NFC)", true),
        NoteKind::ExtraDimensions => ("tọa độ có nhiều hơn hai số: chỉ lấy hai số đầu", true),
        NoteKind::Straightened => ("cung tròn đã được thay bằng các đoạn thẳng", true),
        NoteKind::MembersLeftOut => ("phần ngoài hình học, thuộc tính và mã: đã bỏ", false),
        _ => return None,
    })
}

/// Kinds of coordinate lists and drawings.
fn of_lists(kind: NoteKind) -> Option<(&'static str, bool)> {
    Some(match kind {
        NoteKind::AxesExchanged => ("X và Y đổi chỗ cho nhau", false),
        NoteKind::ClosingPoint => ("điểm khép vòng không trùng điểm đầu", false),
        NoteKind::RingLeftOut => ("vòng quá ít điểm: đã bỏ", false),
        NoteKind::PassedOver => ("có phần không đọc", false),
        NoteKind::ListAxes => ("cột nào là X (bắc), cột nào là Y (đông)", false),
        NoteKind::SideDiffers => ("chiều dài cạnh không khớp tọa độ", false),
        NoteKind::StatedArea => ("diện tích ghi trong bảng không khớp tọa độ", false),
        NoteKind::RepeatedPoint => ("điểm trùng với điểm ngay trước", false),
        NoteKind::RingAsHole => ("vòng nằm trong vòng khác của cùng khu: coi là lỗ", true),
        NoteKind::GdalSaid => ("GDAL báo", false),
        NoteKind::WithoutCode => ("có đối tượng không khớp dòng nào của bảng lớp và màu", false),
        NoteKind::GivenKind => ("khu, cụm không ghi loại hình: đã gán loại hình được chọn", true),
        NoteKind::UnknownCode => ("mã loại đất không có trong danh mục", false),
        _ => return None,
    })
}

/// Kinds by which nothing happened to the data.
fn kept(kind: NoteKind) -> (&'static str, bool) {
    match kind {
        NoteKind::NullGeometry => ("không có hình học", true),
        NoteKind::TooFewPositions => ("vòng hoặc đường có quá ít điểm", true),
        NoteKind::DuplicateId => ("hai đối tượng trùng mã", false),
        NoteKind::GeometryCollection => ("hình học là một tập hợp nhiều loại", true),
        NoteKind::Antimeridian => ("cạnh dài hơn 180 độ kinh", true),
        NoteKind::OutOfRange => ("kinh độ hoặc vĩ độ ngoài phạm vi", false),
        NoteKind::Winding => ("vòng ranh chạy ngược chiều RFC 7946 quy định", true),
        NoteKind::MixedTypes => ("điểm, đường và vùng lẫn trong một lớp", true),
        NoteKind::ControlCharacter => ("chữ có ký tự điều khiển", true),
        NoteKind::CommaMissing => ("thiếu dấu phẩy giữa hai đối tượng", true),
        NoteKind::CommaExtra => ("thừa dấu phẩy", true),
        NoteKind::CollectionType => ("tệp không ghi đúng kiểu của mình", true),
        NoteKind::Encoding => ("bảng mã", false),
        NoteKind::NoFeatures => ("tệp không có đối tượng nào", true),
        NoteKind::CrsMember => ("hệ tọa độ", false),
        NoteKind::ByteOrderMark => ("tệp bắt đầu bằng dấu thứ tự byte", true),
        NoteKind::CarriageReturns => ("dòng kết thúc bằng CR LF", true),
        NoteKind::BareObject => ("tệp là một đối tượng hay hình học đơn lẻ", true),
        NoteKind::Sequence => ("tệp là dãy đối tượng, không phải một tập", true),
        _ => ("ghi chú", false),
    }
}

#[cfg(test)]
mod tests {
    use formats::{Note, NoteKind};

    use super::{note_text, words};

    #[test]
    fn every_kind_has_words_of_its_own() {
        let all: std::collections::BTreeSet<_> = NoteKind::ALL.iter().map(|kind| words(*kind).0).collect();
        assert_eq!(all.len(), NoteKind::ALL.len());
        assert!(!all.contains("ghi chú"));
    }

    #[test]
    fn a_note_says_where_and_how_often_and_keeps_its_numbers() {
        let mut note = Note {
            kind: NoteKind::SideDiffers,
            position: Some(3),
            id: None,
            line: Some(7),
            column: None,
            count: 2,
            message: "side 1–2: 10.00 m listed, 12.00 m by coordinates".to_owned(),
        };
        let told = note_text(&note);
        assert_eq!(
            told.vi,
            "dòng 7, đối tượng 3: chiều dài cạnh không khớp tọa độ (2 lần) – side 1–2: 10.00 m listed, 12.00 m by coordinates"
        );
        assert_eq!(told.en, "line 7, feature 3: side 1–2: 10.00 m listed, 12.00 m by coordinates");
        (note.kind, note.count, note.line) = (NoteKind::Winding, 1, None);
        assert_eq!(note_text(&note).vi, "đối tượng 3: vòng ranh chạy ngược chiều RFC 7946 quy định");
    }
}
