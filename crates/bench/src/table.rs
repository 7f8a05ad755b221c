//! Plain aligned tables.

/// Lines of cells under a head; the first column stands to the left, the others to the right.
pub(crate) struct Table {
    lines: Vec<Vec<String>>,
}

impl Table {
    /// A table with this head.
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { lines: vec![head.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    /// Adds a line; cells that are missing stay empty.
    pub(crate) fn add(&mut self, cells: impl IntoIterator<Item = String>) {
        self.lines.push(cells.into_iter().collect());
    }

    /// The text, a line below the head.
    pub(crate) fn text(&self) -> String {
        let columns = self.lines.iter().map(Vec::len).max().unwrap_or(0);
        let width = |k: usize| {
            self.lines
                .iter()
                .filter_map(|line| line.get(k))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for (number, line) in self.lines.iter().enumerate() {
            let cells: Vec<String> = widths
                .iter()
                .enumerate()
                .map(|(k, &width)| {
                    let cell = line.get(k).map_or("", String::as_str);
                    if k == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                })
                .collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
            if number == 0 {
                text.push_str(&"-".repeat(widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1)));
                text.push('\n');
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_stand_under_their_heads() {
        let mut table = Table::new(&["engine", "CPU s", "µs"]);
        table.add(["ours".to_owned(), "0.055".to_owned(), "1.46".to_owned()]);
        table.add(["GEOS 3.11".to_owned(), "5.21".to_owned()]);
        let expected = "engine     CPU s    µs\n----------------------\n\
                        ours       0.055  1.46\nGEOS 3.11   5.21\n";
        assert_eq!(table.text(), expected);
    }
}
