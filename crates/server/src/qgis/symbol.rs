//! What a polygon looks like.

use super::xml::element;

/// A fill and its outline; widths in pixels, as on the map.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    /// `#rrggbb` and how much of it covers what lies below; `None` = no fill.
    pub(super) fill: Option<(String, f64)>,
    /// The same of the outline.
    pub(super) outline: (String, f64),
    pub(super) width: f64,
    /// Qt's name of the line.
    pub(super) line: &'static str,
}

impl Symbol {
    /// A line around nothing.
    pub(super) fn line(colour: &str, width: f64, line: &'static str) -> Self {
        Self { fill: None, outline: (colour.to_owned(), 1.0), width, line }
    }

    /// As QGIS writes it, under a name.
    pub(super) fn xml(&self, name: &str) -> String {
        let option = |name: &str, value: &str| {
            element("Option", &[("name", name), ("type", "QString"), ("value", value)], "")
        };
        let fill = self.fill.as_ref().map_or_else(|| "0,0,0,0".to_owned(), |(hex, share)| rgba(hex, *share));
        let (hex, share) = &self.outline;
        let options = [
            option("color", &fill),
            option("style", if self.fill.is_some() { "solid" } else { "no" }),
            option("outline_color", &rgba(hex, *share)),
            option("outline_style", self.line),
            option("outline_width", &self.width.to_string()),
            option("outline_width_unit", "Pixel"),
        ];
        let options = element("Option", &[("type", "Map")], &options.concat());
        let layer = element("layer", &[("class", "SimpleFill"), ("enabled", "1"), ("pass", "0")], &options);
        element("symbol", &[("type", "fill"), ("name", name), ("alpha", "1")], &layer)
    }
}

/// `#rrggbb` as `r,g,b,a`.
fn rgba(hex: &str, share: f64) -> String {
    let part = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0);
    format!("{},{},{},{}", part(1), part(3), part(5), (share * 255.0).round())
}

#[cfg(test)]
mod tests {
    use super::rgba;

    #[test]
    fn a_colour_is_told_by_its_parts() {
        assert_eq!(rgba("#ff8000", 0.64), "255,128,0,163");
    }
}
