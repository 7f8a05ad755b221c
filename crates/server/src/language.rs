//! The language of problems: Vietnamese for whoever asks for it (`Accept-Language`, which browsers send of themselves and our page
//! by what is chosen on it), else English, as the standards' own words are.

use axum::http::{HeaderMap, StatusCode, header};
use planning::Language;

/// The language that a client would rather read.
pub(crate) fn asked(headers: &HeaderMap) -> Language {
    let said = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Language::En);
    for part in said.split(',') {
        let mut words = part.split(';').map(str::trim);
        let language = match words.next().unwrap_or_default().split('-').next() {
            Some(word) if word.eq_ignore_ascii_case("vi") => Language::Vi,
            Some(word) if word.eq_ignore_ascii_case("en") => Language::En,
            _ => continue,
        };
        let weight = words.find_map(|word| word.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f64>);
        let weight = weight.unwrap_or(0.0);
        // Of two that are as welcome the one named first.
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// The tag of a language.
pub(crate) fn tag(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

/// The name of a status.
pub(crate) fn title(status: StatusCode, language: Language) -> &'static str {
    let vi = match status {
        StatusCode::BAD_REQUEST => "Yêu cầu sai",
        StatusCode::UNAUTHORIZED => "Cần mã truy cập",
        StatusCode::FORBIDDEN => "Không được phép",
        StatusCode::NOT_FOUND => "Không có ở đây",
        StatusCode::METHOD_NOT_ALLOWED => "Không dùng được phương thức này",
        StatusCode::NOT_ACCEPTABLE => "Không có dạng được hỏi",
        StatusCode::REQUEST_TIMEOUT => "Gửi quá chậm",
        StatusCode::CONFLICT => "Có thay đổi khác",
        StatusCode::PRECONDITION_FAILED | StatusCode::PRECONDITION_REQUIRED => "Dữ liệu đã đổi",
        StatusCode::PAYLOAD_TOO_LARGE => "Quá lớn",
        StatusCode::URI_TOO_LONG => "Địa chỉ quá dài",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "Không nhận kiểu này",
        StatusCode::UNPROCESSABLE_ENTITY => "Không dùng được",
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => "Đang bận",
        StatusCode::INTERNAL_SERVER_ERROR => "Lỗi máy chủ",
        StatusCode::NOT_IMPLEMENTED => "Chưa làm được ở đây",
        StatusCode::GATEWAY_TIMEOUT => "Quá lâu",
        StatusCode::INSUFFICIENT_STORAGE => "Hết chỗ",
        _ => "",
    };
    match language {
        Language::Vi if !vi.is_empty() => vi,
        _ => status.canonical_reason().unwrap_or("Error"),
    }
}

/// What is said in many places, by its English words.
const COMMON: [(&str, &str); 13] = [
    (
        crate::problem::INTERNAL,
        "Máy chủ không trả lời được. Số của yêu cầu (request id) chỉ tới dòng này trong nhật ký máy chủ.",
    ),
    ("There is nothing at this path.", "Địa chỉ này không có gì."),
    (
        "There is nothing at this path. /api lists what there is.",
        "Địa chỉ này không có gì. /api liệt kê những gì có.",
    ),
    ("This path does not take this method; see Allow.", "Địa chỉ này không nhận phương thức này; xem Allow."),
    ("The request did not arrive in time.", "Yêu cầu không tới kịp."),
    ("The request's body is too large.", "Nội dung gửi quá lớn."),
    ("The answer took too long and was given up.", "Trả lời mất quá lâu nên đã bị bỏ."),
    ("The request could not be understood.", "Không hiểu được yêu cầu."),
    (
        "Too many exports are under way; ask again when one is done.",
        "Đang có quá nhiều lượt xuất; hãy thử lại khi một lượt xong.",
    ),
    (
        "A check or an import is running already; ask again when it is done.",
        "Đang kiểm hoặc đang nhập; hãy thử lại khi xong.",
    ),
    ("The work took too long and was stopped.", "Công việc mất quá lâu nên đã bị dừng."),
    (
        "The store is being written to by another program; ask again.",
        "Chương trình khác đang ghi vào kho dữ liệu; hãy thử lại.",
    ),
    (
        "There is no upload of that id: those that were imported, given up or kept too long are gone.",
        "Không còn tệp đã gửi này: tệp đã nhập, đã bỏ hoặc giữ quá lâu thì mất.",
    ),
];

/// The Vietnamese words for what is said in many places.
pub(crate) fn common(detail: &str, language: Language) -> Option<&'static str> {
    let found = COMMON.iter().find(|(en, _)| *en == detail).map(|(_, vi)| *vi);
    found.filter(|_| language == Language::Vi)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_language_that_is_most_welcome_is_taken() {
        let of = |said: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(said));
            asked(&headers)
        };
        assert_eq!(of("vi-VN,vi;q=0.9,en;q=0.8"), Language::Vi);
        assert_eq!(of("en-US,en;q=0.9,vi;q=0.5"), Language::En);
        assert_eq!(of("fr, vi;q=0.2"), Language::Vi);
        assert_eq!(
            (of("vi;q=0"), of("*"), of("fr"), of("vi;q=a")),
            (Language::En, Language::En, Language::En, Language::En)
        );
        assert_eq!(asked(&HeaderMap::new()), Language::En);
    }
}
