//! The test cases of JTS: XML files of geometries, operations and what they must give.

use std::path::{Path, PathBuf};

use geo_types::Geometry;
use roxmltree::{Document, Node};

use crate::support::wkt;
use crate::wkb::wkb;

/// One case: one or two geometries, and operations on them.
pub(crate) struct Case {
    /// Folder and file without its ending, and the position in it from 1.
    pub(crate) name: String,
    /// The folder.
    pub(crate) suite: &'static str,
    /// Units per grid step of a fixed precision model: results are rounded to multiples of it.
    pub(crate) step: Option<f64>,
    /// What a number may differ by.
    pub(crate) tolerance: f64,
    pub(crate) operands: [Option<Operand>; 2],
    pub(crate) operations: Vec<Operation>,
}

/// A geometry as written; `geometry` is `None` when it could not be read.
pub(crate) struct Operand {
    pub(crate) text: String,
    pub(crate) geometry: Option<Geometry<f64>>,
}

/// An operation, its name in lower case.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) arguments: Vec<String>,
    pub(crate) expected: String,
}

impl Case {
    /// The geometry that an operation's argument names.
    pub(crate) fn operand(&self, operation: &Operation, argument: usize) -> Option<&Operand> {
        match operation.arguments.get(argument)?.to_ascii_uppercase().as_str() {
            "A" => self.operands[0].as_ref(),
            "B" => self.operands[1].as_ref(),
            _ => None,
        }
    }
}

/// WKT or WKB in hexadecimal digits.
pub(crate) fn read_geometry(text: &str) -> Option<Geometry<f64>> {
    let text = text.trim();
    if text.starts_with(|c: char| c.is_ascii_digit()) { wkb(text) } else { wkt(text) }
}

/// All cases of a suite, in the order of the files' names.
pub(crate) fn read(suite: &'static str, root: &Path) -> Vec<Case> {
    let mut files = Vec::new();
    xml_files(&root.join(suite), &mut files);
    files.sort();
    files.iter().flat_map(|file| read_file(suite, root, file)).collect()
}

fn xml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            xml_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            files.push(path);
        }
    }
}

fn read_file(suite: &'static str, root: &Path, file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap();
    let document = Document::parse(&text).unwrap();
    let stem = file.strip_prefix(root).unwrap().with_extension("");
    let model = document.descendants().find(|node| node.has_tag_name("precisionModel"));
    let step = model.and_then(|model| model.attribute("scale")).map(|scale| 1.0 / number(scale));
    let tolerance = document.descendants().find(|node| node.has_tag_name("tolerance"));
    let tolerance = tolerance.map_or(0.0, |node| number(&content(node)));
    let cases = document.descendants().filter(|node| node.has_tag_name("case")).enumerate();
    let case = |(i, node): (usize, Node)| Case {
        name: format!("{} {}", stem.display(), i + 1),
        suite,
        step,
        tolerance,
        operands: ["a", "b"].map(|name| operand(node, name)),
        operations: node.descendants().filter(|node| node.has_tag_name("op")).map(operation).collect(),
    };
    cases.map(case).collect()
}

fn operand(case: Node, name: &str) -> Option<Operand> {
    let text = content(case.children().find(|node| node.has_tag_name(name))?);
    let geometry = read_geometry(&text);
    Some(Operand { text, geometry })
}

fn operation(node: Node) -> Operation {
    let arguments = ["arg1", "arg2", "arg3"].iter().map_while(|name| node.attribute(*name));
    Operation {
        name: node.attribute("name").unwrap().to_lowercase(),
        arguments: arguments.map(str::to_owned).collect(),
        expected: content(node),
    }
}

fn content(node: Node) -> String {
    node.text().unwrap_or_default().trim().to_owned()
}

fn number(text: &str) -> f64 {
    text.trim().parse().unwrap()
}
