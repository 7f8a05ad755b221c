//! The old Vietnamese encodings, all 134 letters of each, held against what others say: glibc's `iconv`, and a list of VNI's
//! letters that was made elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]

use std::io::Write;
use std::process::{Command, Stdio};

use formats::Encoding;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// The letters of Vietnamese that ASCII lacks.
fn letters() -> Vec<String> {
    let tones = ["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"];
    let vowels = ["a", "ă", "â", "e", "ê", "o", "ô", "ơ", "u", "ư", "i", "y"];
    let mut all: Vec<String> = vowels
        .iter()
        .flat_map(|vowel| tones.iter().map(move |tone| format!("{vowel}{tone}").nfc().collect()))
        .collect();
    all.push("đ".to_owned());
    all.extend(all.clone().iter().map(|letter| letter.to_uppercase()));
    all.retain(|letter| !letter.is_ascii());
    all
}

/// Bytes in an encoding, by glibc; none where that does not know it.
fn by_iconv(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let mut command = Command::new("iconv");
    command
        .args(["-f", "UTF-8", "-t", encoding])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut job = command.spawn().ok()?;
    job.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let done = job.wait_with_output().ok()?;
    done.status.success().then_some(done.stdout)
}

#[test]
fn every_letter_is_what_iconv_makes_of_it() {
    let letters = letters();
    assert_eq!(letters.len(), 134);
    for (theirs, ours) in
        [("TCVN5712-1", "tcvn3"), ("VISCII", "viscii"), ("CP1258", "windows-1258"), ("UTF-8", "utf-8")]
    {
        if by_iconv("a", theirs).is_none() {
            println!("WITHOUT iconv, or without {theirs} in it: nothing is compared.");
            continue;
        }
        for letter in &letters {
            let bytes = by_iconv(letter, theirs).unwrap();
            let text = Encoding::named(ours).unwrap().decode(&bytes).unwrap();
            assert_eq!(text.nfc().collect::<String>(), *letter, "{theirs} {bytes:02x?}");
        }
    }
}

/// VNI's letters of each vowel: plain, then acute, grave, hook, tilde and dot below, as the letters of Latin-1 that they look
/// like, in the order in which keyboard drivers of 2002 list them.
const VNI: [(&str, [&str; 6]); 12] = [
    ("A", ["A", "AÙ", "AØ", "AÛ", "AÕ", "AÏ"]),
    ("Â", ["AÂ", "AÁ", "AÀ", "AÅ", "AÃ", "AÄ"]),
    ("Ă", ["AÊ", "AÉ", "AÈ", "AÚ", "AÜ", "AË"]),
    ("E", ["E", "EÙ", "EØ", "EÛ", "EÕ", "EÏ"]),
    ("Ê", ["EÂ", "EÁ", "EÀ", "EÅ", "EÃ", "EÄ"]),
    ("O", ["O", "OÙ", "OØ", "OÛ", "OÕ", "OÏ"]),
    ("Ô", ["OÂ", "OÁ", "OÀ", "OÅ", "OÃ", "OÄ"]),
    ("Ơ", ["Ô", "ÔÙ", "ÔØ", "ÔÛ", "ÔÕ", "ÔÏ"]),
    ("U", ["U", "UÙ", "UØ", "UÛ", "UÕ", "UÏ"]),
    ("Ư", ["Ö", "ÖÙ", "ÖØ", "ÖÛ", "ÖÕ", "ÖÏ"]),
    ("I", ["I", "Í", "Ì", "Æ", "Ó", "Ò"]),
    ("Y", ["Y", "YÙ", "YØ", "YÛ", "YÕ", "Î"]),
];

#[test]
fn every_letter_of_vni_is_the_one_that_others_list() {
    let vni = Encoding::named("VNI").unwrap();
    let bytes = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let tones = ["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"];
    let mut seen = 0;
    for (vowel, listed) in VNI {
        for (tone, listed) in tones.iter().zip(listed) {
            let letter: String = format!("{vowel}{tone}").nfc().collect();
            assert_eq!(vni.decode(&bytes(listed)).unwrap(), letter, "{listed}");
            assert_eq!(
                vni.decode(&bytes(&listed.to_lowercase())).unwrap(),
                letter.to_lowercase(),
                "{listed}"
            );
            seen += 2 * usize::from(!letter.is_ascii());
        }
    }
    assert_eq!(vni.decode(&bytes("Ññ")).unwrap(), "Đđ");
    assert_eq!(seen + 2, 134);
    assert_eq!(vni.decode(&bytes("Khu coâng nghieäp Ñoàng Baønh")).unwrap(), "Khu công nghiệp Đồng Bành");
}

#[test]
fn texts_of_the_old_fonts_are_read_as_bytes_and_as_letters() {
    let tcvn3 = Encoding::named(".VnTime").unwrap();
    // What glibc's iconv makes of "Công nghiệp Đồng Bành", and how it looks in another font.
    let bytes = b"C\xABng nghi\xD6p \xA7\xE5ng B\xB5nh";
    assert_eq!(tcvn3.decode(bytes).as_deref(), Some("Công nghiệp Đồng Bành"));
    assert_eq!(tcvn3.of_font("C«ng nghiÖp §ång Bµnh").as_deref(), Some("Công nghiệp Đồng Bành"));
    assert_eq!(tcvn3.of_font("Công nghiệp"), None, "it is Unicode already");
    assert_eq!(Encoding::utf8().of_font("C«ng"), None);
}

proptest! {
    #[test]
    fn any_bytes_are_text_or_are_not(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in ["utf-8", "tcvn3", "vni", "viscii", "windows-1258", "latin1", "shift_jis"] {
            if let Some(text) = Encoding::named(name).unwrap().decode(&bytes) {
                let ascii = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                if name != "shift_jis" {
                    prop_assert_eq!(ascii(&text), ascii(&String::from_utf8_lossy(&bytes)));
                }
            }
        }
    }
}
