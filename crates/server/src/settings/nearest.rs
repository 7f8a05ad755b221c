//! Which name was meant.

/// The name with the fewest letters changed, put in or left out (Levenshtein 1966); of several the first.
pub(super) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Of `limits.page` people forget the first part.
    let distance = |name: &str| {
        let tail = name.rsplit('.').next().unwrap_or(name);
        edits(wrong, name).min(edits(wrong, tail))
    };
    names.min_by_key(|name| distance(name))
}

fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let kept = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{edits, nearest};

    #[test]
    fn distances_are_those_of_the_textbook() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!((edits("", "abc"), edits("abc", ""), edits("abc", "abc")), (3, 3, 0));
        let names = ["listen", "allow_hosts", "limits.body_bytes"];
        assert_eq!(nearest("allow-host", names.into_iter()), Some("allow_hosts"));
        assert_eq!(nearest("body_byte", names.into_iter()), Some("limits.body_bytes"));
    }
}
