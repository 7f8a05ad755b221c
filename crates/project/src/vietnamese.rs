//! Why a file was not taken, in Vietnamese: the other half of what the errors say in English. What a library says of itself, and
//! what has no words here yet, stays as it is.

mod notes;

use formats::worker::WorkerError;
use formats::{LimitName, ReadError};
use planning::Text;

use crate::{ProjectError, UploadError};
pub use notes::note_text;

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
            "cả {met} đối tượng đều không có hình học: hãy chọn lớp có hình học, hoặc đặt tên cột là x và y, hay wkt"
        ),
        ReadError::Worker { format, source } => format!("tệp trông như {format}: {}", of_worker(source)),
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
            format!("GDAL dừng sau {features} đối tượng ({message}); tệp hỏng ở đó")
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
