//! Why a file was not taken, in Vietnamese: the other half of what the errors say in English. What a library says of itself, and
//! what has no words here yet, stays as it is.

mod notes;
mod written;

use formats::worker::WorkerError;
use formats::{LimitName, ListError, ReadError, SheetError};
use planning::Text;

use crate::{ProjectError, StagingError, UploadError};
pub use notes::note_text;
pub use written::write_note_text;

impl UploadError {
    /// What is wrong and what to do, in both languages.
    pub fn text(&self) -> Text {
        let vi = match self {
            Self::Name { name } => {
                format!("“{name}” không phải là tên tệp: hãy đặt tên đơn giản có phần đuôi, như plan.geojson")
            }
            Self::Empty => "tệp rỗng: hãy xem tệp đã được lưu hay tải về đủ chưa".to_owned(),
            Self::TooLarge { most } => {
                format!("tệp lớn hơn {most} byte được nhận: hãy chia nhỏ, hoặc nhờ nâng giới hạn")
            }
            Self::Full => {
                "máy chủ đang giữ đủ số tệp chờ nhập: hãy nhập hoặc bỏ bớt một tệp, hoặc đợi một tệp hết hạn"
                    .to_owned()
            }
            Self::Left => "người gửi đã ngắt trước khi gửi hết".to_owned(),
            Self::Place(error) => format!("máy chủ không giữ được tệp: {error}"),
            Self::Unreadable(text) => return text.clone(),
        };
        Text { vi, en: self.to_string() }
    }
}

impl ProjectError {
    /// What is wrong and what to do, in both languages.
    pub fn text(&self) -> Text {
        Text { vi: vietnamese(self).unwrap_or_else(|| self.to_string()), en: self.to_string() }
    }
}

fn vietnamese(error: &ProjectError) -> Option<String> {
    Some(match error {
        ProjectError::Read { path, source } => format!("{}: {}", path.display(), of_reading(source)),
        ProjectError::Open { path, source } => format!("không mở được {}: {source}", path.display()),
        ProjectError::Staging { path, source } => format!("{}: {}", path.display(), of_staging(source)),
        ProjectError::Archive { path, reason } => {
            format!("{}: không mở được gói tệp hoặc gói không có gì nhập được ({reason})", path.display())
        }
        ProjectError::Coordinates { path, found, advice } => {
            format!("{}: tọa độ không dùng được ({found}: {advice})", path.display())
        }
        ProjectError::Role { path, .. } => {
            format!("{}: không biết lớp này dùng làm gì; hãy chọn vai trò", path.display())
        }
        ProjectError::CollectionName { path } => {
            format!("{}: không đặt được mã lớp theo tên này; hãy ghi mã lớp", path.display())
        }
        ProjectError::MixedCrs { path, crs, other, other_crs } => format!(
            "{} theo {crs}, còn {} theo {other_crs}: hãy nhập thành hai lớp",
            path.display(),
            other.display()
        ),
        ProjectError::Sheet { path, source } => format!("{}: {}", path.display(), of_sheet(source)),
        ProjectError::SelfDescription { path, reason } => {
            format!(
                "{}: phần “ranh”, trong đó tệp tự khai nó là gì, không dùng được: {reason}",
                path.display()
            )
        }
        ProjectError::UnknownSource { name, known } => {
            format!("gói tệp không có nguồn “{name}” nhập được; nó có: {known}")
        }
        ProjectError::TooLarge { path, bytes, most } => {
            format!("{} có {bytes} byte; nhiều nhất đọc {most}", path.display())
        }
        ProjectError::Cancelled => "công việc đã bị dừng".to_owned(),
        _ => return None,
    })
}

/// Why a source could not be put where the GDAL worker reads it.
pub(crate) fn of_staging(error: &StagingError) -> String {
    match error {
        StagingError::TooLarge { bytes, most } => {
            format!("tệp có {bytes} byte, nhiều nhất đọc {most}: hãy chia nhỏ, hoặc nâng giới hạn")
        }
        StagingError::Unpacked { most } => {
            format!("gói tệp giải nén ra hơn {most} byte: hãy chỉ gửi phần cần dùng")
        }
        StagingError::Missing { part, but, format, .. } => {
            let but = if but.is_empty() { "" } else { "; không đọc khung nhìn, ảnh và bảng của cơ sở dữ liệu" };
            format!("thiếu phần {part}: {format} gồm nhiều tệp: hãy gửi đủ trong một gói{but}")
        }
        StagingError::Entities => {
            "tệp khai thực thể XML (<!ENTITY), không đọc vì chúng có thể dẫn tới tệp khác hoặc nhân lên vô hạn: hãy xuất lại tệp \
             không có chúng"
                .to_owned()
        }
        StagingError::InUse => {
            "chương trình khác đang mở tệp và chưa ghi xong: hãy đóng chương trình đó trước".to_owned()
        }
        StagingError::Io(error) => format!("không mở được: {error}"),
    }
}

/// Why a document could not be read.
pub(crate) fn of_reading(error: &ReadError) -> String {
    match error {
        ReadError::Io(error) => format!("không đọc được tệp: {error}"),
        ReadError::Empty { .. } => "tệp rỗng: hãy xem tệp đã được lưu hay tải về đủ chưa".to_owned(),
        ReadError::NotGeoJson { .. } => format!(
            "đây không phải GeoJSON hay định dạng nào đọc được: hãy lưu lại thành GeoJSON, Shapefile hoặc GeoPackage ({error})"
        ),
        ReadError::Broken { format, what } => {
            format!("đây là {format}, nhưng hỏng ({what}): hãy xem tệp đã được lưu hay tải về đủ chưa")
        }
        ReadError::FormatVersion { format, found, known } => format!(
            "đây là {format} phiên bản {found}, còn ở đây đọc phiên bản {known}: hãy lưu lại bằng phần mềm hiện hành"
        ),
        ReadError::Syntax { line, column, reason } => {
            format!("dòng {line}, cột {column}: sai cú pháp ({reason})")
        }
        ReadError::InvalidUtf8 { line, offset } => format!(
            "dòng {line}, byte {offset}: chữ không phải UTF-8; hãy lưu lại theo UTF-8 hoặc chọn bảng mã (tệp cũ thường là \
             TCVN3, VNI hoặc Windows-1258)"
        ),
        ReadError::Limit { what, limit } => {
            let what = match what {
                LimitName::Bytes => "byte trong tệp",
                LimitName::Features => "đối tượng trong tệp",
                LimitName::HeadBytes => "byte quanh các đối tượng",
            };
            format!("nhiều hơn {limit} {what}: hãy chia nhỏ tệp, hoặc nâng giới hạn")
        }
        ReadError::NotDegrees { .. } => {
            format!(
                "tệp không khai hệ tọa độ và tọa độ không phải kinh độ/vĩ độ: hãy chọn hệ tọa độ ({error})"
            )
        }
        ReadError::Crs(error) => format!("không dùng được hệ tọa độ mà tệp khai: {error}"),
        ReadError::NothingRead { first, .. } => format!("không đọc được đối tượng nào; {first}"),
        ReadError::NoGeometry { met, .. } => format!(
            "cả {met} đối tượng đều không có hình học: hãy chọn lớp có hình học, hoặc đặt tên cột là x và y với các số trong đó, \
             hay wkt"
        ),
        ReadError::Worker { format, source } => format!("tệp trông như {format}: {}", of_worker(source)),
        ReadError::NotGeoJsonType { found } => {
            format!("đây là JSON nhưng không phải GeoJSON: “type” phải là “FeatureCollection” ({found})")
        }
        ReadError::FeaturesNotList { line, .. } => {
            format!("dòng {line}: “features” phải là một danh sách ([…])")
        }
        ReadError::NoFeaturesMember => {
            "FeatureCollection không có phần “features”: hãy xem tệp có đủ không".to_owned()
        }
        ReadError::CrsMember { .. } => {
            format!("phần “crs” của tệp không dùng được: hãy chọn hệ tọa độ ({error})")
        }
        ReadError::List(error) => of_list(error),
        ReadError::Sheet(error) => of_sheet(error),
        ReadError::Stopped => "việc đọc đã bị dừng".to_owned(),
    }
}

/// Why there is no coordinate list.
fn of_list(error: &ListError) -> String {
    match error {
        ListError::NoColumns => "không trang nào có hàng tiêu đề với cột X và Y: bảng kê tọa độ có các cột như STT, Số hiệu điểm, \
                                 X (m), Y (m), Cạnh (m)"
            .to_owned(),
        ListError::NoSheet { asked, known } => format!("không có trang “{asked}”; có: {known}"),
        ListError::NoCrs => "không biết tọa độ theo hệ nào: hãy chọn hệ tọa độ, như EPSG:9215 (VN-2000, kinh tuyến trục 107°15′), \
                             hoặc ghi nó phía trên bảng kê"
            .to_owned(),
        ListError::UnclearCrs { sheet, text, .. } => {
            format!("trang “{sheet}”: không dùng được hệ tọa độ ghi trong đó (“{text}”): hãy chọn hệ tọa độ, như EPSG:9215")
        }
        ListError::CrsDiffer { sheet, crs, other } => {
            format!("trang “{sheet}” ghi {crs}, trang khác ghi {other}: hãy nhập từng trang theo tên")
        }
        ListError::Axes { sheet, line } => format!(
            "trang “{sheet}”, hàng {line}: tiêu đề ghi X là hướng đông hoặc Y là hướng bắc, trái với thông lệ (X bắc, Y đông), và \
             các số không cho biết bên nào đúng: hãy đặt tiêu đề Northing và Easting"
        ),
    }
}

/// Why a workbook cannot be read.
fn of_sheet(error: &SheetError) -> String {
    match error {
        SheetError::Workbook(error) => format!(
            "không đọc được sổ tính này ({error}): hãy xem tệp đã được lưu hay tải về đủ chưa, hoặc lưu lại thành XLSX"
        ),
        SheetError::Unpacked { most } => format!("sổ tính giải nén ra hơn {most} byte: hãy chia nhỏ"),
        SheetError::NoSheet => {
            "sổ tính không có trang nào: hãy xem tệp đã được lưu hay tải về đủ chưa".to_owned()
        }
        SheetError::Cells { most } => format!("sổ tính có hơn {most} ô: hãy chia nhỏ"),
        SheetError::Columns { line, most } => {
            format!("hàng {line}: có ô nằm ngoài cột {most}: hãy xóa hoặc dời sang trái")
        }
        SheetError::Cell { line, column, error } => {
            format!("hàng {line}, cột {column}: ô báo lỗi ({error}): hãy sửa công thức, hoặc ghi giá trị")
        }
        other => other.to_string(),
    }
}

/// Why the GDAL worker gave nothing.
pub(crate) fn of_worker(error: &WorkerError) -> String {
    match error {
        WorkerError::Start { source, .. } => format!(
            "không chạy được ranh-gdal ({source}): hãy cài chương trình GDAL của Ranh bên cạnh, hoặc lưu tệp thành GeoJSON hay FlatGeobuf"
        ),
        WorkerError::Unconfined { reason } => format!(
            "ranh-gdal không đọc gì vì hệ thống này không cô lập được nó ({reason}); cần Linux 5.13 trở lên có Landlock và seccomp"
        ),
        WorkerError::Version { .. } => {
            "ranh-gdal khác phiên bản với ranh: hãy cài cả hai từ cùng một bản phát hành".to_owned()
        }
        WorkerError::Loader { said } => format!(
            "không nạp được ranh-gdal{said}: hãy cài thư viện mà nó cần (Debian: apt install libgdal32)"
        ),
        WorkerError::Open { message } => {
            format!("GDAL không đọc được ({message}); hãy xem tệp có đủ không, và các phần đi kèm có đủ không")
        }
        WorkerError::Read { features, message } => {
            format!(
                "GDAL dừng sau {features} đối tượng ({message}); tệp hỏng ở đó: hãy xuất lại từ chương trình đã tạo ra nó"
            )
        }
        WorkerError::Crashed { .. } => {
            "ranh-gdal dừng đột ngột: tệp hỏng hoặc cố ý gây hại, hoặc cần nhiều bộ nhớ hơn mức cho phép; không có gì được nhận"
                .to_owned()
        }
        WorkerError::CpuTime { seconds } => format!(
            "ranh-gdal bị dừng sau {seconds} giây xử lý, nhiều hơn mức cần thiết: hãy chia nhỏ tệp, lưu theo định dạng khác, hoặc nâng giới hạn"
        ),
        WorkerError::WallTime { seconds } => {
            format!("ranh-gdal bị dừng sau {seconds} giây: hãy chia nhỏ tệp, hoặc nâng giới hạn")
        }
        WorkerError::Silent { seconds } => format!(
            "ranh-gdal bị dừng vì {seconds} giây không có gì từ tệp: tệp có thể cố ý gây hại, hoặc GDAL đọc quá chậm; hãy lưu theo \
             định dạng khác như GeoJSON hay Shapefile"
        ),
        WorkerError::Flood { bytes } => {
            format!("ranh-gdal gửi nhiều hơn {bytes} byte: hãy chia nhỏ tệp, hoặc nâng giới hạn")
        }
        WorkerError::Garbage { .. } => {
            "ranh-gdal gửi dữ liệu vô nghĩa: tệp có thể cố ý gây hại; không có gì được nhận".to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_told_in_vietnamese_too() {
        let lists = [
            ListError::NoColumns,
            ListError::NoCrs,
            ListError::NoSheet { asked: "A".to_owned(), known: "B".to_owned() },
            ListError::Axes { sheet: "A".to_owned(), line: 3 },
        ];
        let sheets = [
            SheetError::NoSheet,
            SheetError::Unpacked { most: 5 },
            SheetError::Cells { most: 5 },
            SheetError::Columns { line: 4, most: 5 },
            SheetError::Cell { line: 4, column: 5, error: "#REF!".to_owned() },
        ];
        let others = [
            ReadError::NotGeoJsonType { found: "its \"type\" is \"A\"".to_owned() },
            ReadError::FeaturesNotList { line: 2, found: "a number" },
            ReadError::NoFeaturesMember,
            ReadError::CrsMember { found: "has no name".to_owned() },
            ReadError::Stopped,
        ];
        let lists = lists.into_iter().map(ReadError::List);
        for error in lists.chain(sheets.into_iter().map(ReadError::Sheet)).chain(others) {
            assert_ne!(of_reading(&error), error.to_string());
        }
        let staging = [
            StagingError::InUse,
            StagingError::Entities,
            StagingError::Unpacked { most: 5 },
            StagingError::TooLarge { bytes: 6, most: 5 },
            StagingError::Missing {
                part: "a.shx".to_owned(),
                format: formats::Foreign::Shapefile,
                parts: ".shp, .shx",
                but: "",
            },
        ];
        for error in staging {
            assert_ne!(of_staging(&error), error.to_string());
        }
    }
}
