//! FlatGeobuf files made by hand, sound and unsound, with the generated code of the format alone.

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs, GeometryType,
    Header, HeaderArgs,
};

/// What stands at the start of every file.
pub const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";

/// A geometry as its table has it.
#[derive(Clone, Default)]
pub struct Shape {
    pub kind: GeometryType,
    pub xy: Vec<f64>,
    pub z: Vec<f64>,
    pub ends: Vec<u32>,
    pub parts: Vec<Shape>,
}

/// What a header says of its CRS.
#[derive(Clone, Default)]
pub struct Reference {
    pub org: Option<&'static str>,
    pub code: i32,
    pub name: Option<&'static str>,
    pub wkt: Option<&'static str>,
    pub code_string: Option<&'static str>,
}

/// A file.
#[derive(Clone)]
pub struct File {
    pub kind: GeometryType,
    pub columns: Vec<(&'static str, ColumnType)>,
    pub crs: Option<Reference>,
    /// What the header counts.
    pub count: u64,
    pub node_size: u16,
    pub metadata: Option<&'static str>,
    /// Geometry and encoded properties.
    pub features: Vec<(Option<Shape>, Vec<u8>)>,
}

impl Default for File {
    fn default() -> Self {
        let crs = Some(Reference { code: 9215, ..Reference::default() });
        let (kind, columns, features) = (GeometryType::Unknown, Vec::new(), Vec::new());
        Self { kind, columns, crs, count: 0, node_size: 0, metadata: None, features }
    }
}

impl File {
    /// A file of these geometries, counted in the header, without an index.
    pub fn of(shapes: impl IntoIterator<Item = Shape>) -> Self {
        let features: Vec<_> = shapes.into_iter().map(|shape| (Some(shape), Vec::new())).collect();
        Self { count: features.len() as u64, features, ..Self::default() }
    }

    /// The bytes, with zeros for an index.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.header());
        for (shape, properties) in &self.features {
            bytes.extend(feature(shape.as_ref(), properties));
        }
        bytes
    }

    /// The header behind its size.
    pub fn header(&self) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let columns: Vec<_> = self.columns.iter().map(|column| self::column(&mut builder, *column)).collect();
        let columns = (!columns.is_empty()).then(|| builder.create_vector(&columns));
        let crs = self.crs.as_ref().map(|crs| reference(&mut builder, crs));
        let metadata = self.metadata.map(|text| builder.create_string(text));
        let name = Some(builder.create_string("khu"));
        let args = HeaderArgs {
            name,
            geometry_type: self.kind,
            columns,
            features_count: self.count,
            index_node_size: self.node_size,
            crs,
            metadata,
            ..HeaderArgs::default()
        };
        let header = Header::create(&mut builder, &args);
        builder.finish_size_prefixed(header, None);
        builder.finished_data().to_vec()
    }
}

fn column<'b>(
    builder: &mut FlatBufferBuilder<'b>,
    (name, kind): (&str, ColumnType),
) -> WIPOffset<Column<'b>> {
    let name = Some(builder.create_string(name));
    Column::create(builder, &ColumnArgs { name, type_: kind, ..ColumnArgs::default() })
}

fn reference<'b>(builder: &mut FlatBufferBuilder<'b>, crs: &Reference) -> WIPOffset<Crs<'b>> {
    let texts = [crs.org, crs.name, crs.wkt, crs.code_string];
    let [org, name, wkt, code_string] = texts.map(|text| text.map(|text| builder.create_string(text)));
    Crs::create(builder, &CrsArgs { org, code: crs.code, name, wkt, code_string, ..CrsArgs::default() })
}

/// A feature behind its size.
pub fn feature(shape: Option<&Shape>, properties: &[u8]) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let geometry = shape.map(|shape| table(&mut builder, shape));
    let properties = (!properties.is_empty()).then(|| builder.create_vector(properties));
    let feature = Feature::create(&mut builder, &FeatureArgs { geometry, properties, columns: None });
    builder.finish_size_prefixed(feature, None);
    builder.finished_data().to_vec()
}

fn table<'b>(builder: &mut FlatBufferBuilder<'b>, shape: &Shape) -> WIPOffset<Geometry<'b>> {
    let parts: Vec<_> = shape.parts.iter().map(|part| table(builder, part)).collect();
    let parts = (!parts.is_empty()).then(|| builder.create_vector(&parts));
    let [xy, z] = [&shape.xy, &shape.z].map(|all| (!all.is_empty()).then(|| builder.create_vector(all)));
    let ends = (!shape.ends.is_empty()).then(|| builder.create_vector(&shape.ends));
    let args = GeometryArgs { ends, xy, z, type_: shape.kind, parts, ..GeometryArgs::default() };
    Geometry::create(builder, &args)
}

/// A shape of one vector of coordinates.
pub fn plain(kind: GeometryType, xy: &[f64]) -> Shape {
    Shape { kind, xy: xy.to_vec(), ..Shape::default() }
}

/// A shape of parts.
pub fn parts(kind: GeometryType, parts: &[Shape]) -> Shape {
    Shape { kind, parts: parts.to_vec(), ..Shape::default() }
}

/// A square of 100 m, `n` of them side by side.
pub fn square(n: u32) -> Shape {
    let (west, south) = (587_000.0 + 200.0 * f64::from(n), 2_325_000.0);
    let (east, north) = (west + 100.0, south + 100.0);
    plain(GeometryType::Polygon, &[west, south, east, south, east, north, west, north, west, south])
}

/// One encoded property.
pub fn property(column: u16, value: &[u8]) -> Vec<u8> {
    [column.to_le_bytes().as_slice(), value].concat()
}

/// One encoded text.
pub fn text(column: u16, value: &[u8]) -> Vec<u8> {
    let length = u32::try_from(value.len()).unwrap();
    property(column, &[length.to_le_bytes().as_slice(), value].concat())
}
