//! Matching of LIKE patterns, in time that grows with text × pattern and no faster.

/// A character of a pattern.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    /// Any characters, or none.
    Any,
    /// One character.
    One,
    /// This one.
    Exactly(char),
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        tokens.push(match c {
            '%' => Token::Any,
            '_' => Token::One,
            // What is escaped stands for itself, and so does a backslash at the end.
            '\\' => Token::Exactly(rest.next().unwrap_or('\\')),
            c => Token::Exactly(c),
        });
    }
    tokens
}

/// Whether all of the text matches the pattern.
pub(crate) fn matches(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, _) = (text.chars().collect(), tokens(pattern));
    let (mut t, mut p) = (0, 0);
    // Where to go on when what followed the last `%` does not match: one character later.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Token::Any) => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(token) if *token == Token::One || *token == Token::Exactly(text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    (p, t) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|token| *token == Token::Any)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn wildcards_stand_for_characters() {
        for (text, pattern, expected) in [
            ("abc", "abc", true),
            ("abc", "ab", false),
            ("abc", "a%", true),
            ("abc", "%c", true),
            ("abc", "%b%", true),
            ("abc", "a_c", true),
            ("ac", "a_c", false),
            ("", "%", true),
            ("", "_", false),
            ("50%", "50\\%", true),
            ("500", "50\\%", false),
            ("Suối Đá", "Su_i %", true),
            ("mississippi", "%iss%ip%i", true),
            ("a\\", "a\\", true),
        ] {
            assert_eq!(matches(text, pattern), expected, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn many_wildcards_cost_no_more_than_their_product() {
        let text = "a".repeat(4_000);
        assert!(!matches(&text, &format!("{}b", "%a".repeat(1_000))));
    }
}
