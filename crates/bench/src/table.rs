//! Plain aligned tables.

/// Lines of cells under a head. Columns of numbers stand to the right, columns of words to the left.
pub(crate) struct Table {
    head: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl Table {
    /// A table with this head.
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|&cell| cell.to_owned()).collect(), lines: Vec::new() }
    }

    /// Adds a line; cells that are missing stay empty.
    pub(crate) fn add(&mut self, cells: impl IntoIterator<Item = String>) {
        self.lines.push(cells.into_iter().collect());
    }

    /// The text, a line below the head.
    pub(crate) fn text(&self) -> String {
        let all = || std::iter::once(&self.head).chain(&self.lines);
        let length = |cell: &String| cell.chars().count();
        let widths: Vec<usize> = (0..self.head.len())
            .map(|k| all().filter_map(|line| line.get(k)).map(length).max().unwrap_or(0))
            .collect();
        let words: Vec<bool> = (0..widths.len()).map(|k| self.is_words(k)).collect();
        let mut text = String::new();
        for (number, line) in all().enumerate() {
            for (k, (&width, &words)) in widths.iter().zip(&words).enumerate() {
                let cell = line.get(k).map_or("", String::as_str);
                let gap = if k == 0 { "" } else { "  " };
                text += &if words { format!("{gap}{cell:<width$}") } else { format!("{gap}{cell:>width$}") };
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
            if number == 0 {
                text += &"-".repeat(widths.iter().sum::<usize>() + 2 * (widths.len() - 1));
                text.push('\n');
            }
        }
        text
    }

    /// Whether a cell of the column begins like a word.
    fn is_words(&self, column: usize) -> bool {
        let cells = self.lines.iter().filter_map(|line| line.get(column));
        cells.filter_map(|cell| cell.chars().next()).any(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_stand_under_their_heads() {
        let mut table = Table::new(&["engine", "CPU s", "µs", "includes"]);
        table.add(["ours".to_owned(), "0.055".to_owned(), "1.46".to_owned(), "areas".to_owned()]);
        table.add(["GEOS 3.11".to_owned(), "5.21".to_owned()]);
        let expected = "engine     CPU s    µs  includes\n--------------------------------\n\
                        ours       0.055  1.46  areas\nGEOS 3.11   5.21\n";
        assert_eq!(table.text(), expected);
    }
}
