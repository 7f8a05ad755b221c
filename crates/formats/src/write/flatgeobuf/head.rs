//! What stands before the index: magic bytes, and the header with the CRS, the columns and the extent.

use ::flatgeobuf::packed_r_tree::NodeItem;
use ::flatgeobuf::{
    Column as ColumnTable, ColumnArgs, Crs as CrsTable, CrsArgs, GeometryType, Header as HeaderTable,
    HeaderArgs, VERSION,
};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use serde_json::{Map, Value};
use spatial::Crs;

use crate::format::ID_COLUMN;
use crate::write::columns::{Column, Settled};
use crate::{Header, WriteError};

/// What every file begins with.
pub(super) const MAGIC: [u8; 8] = [b'f', b'g', b'b', VERSION, b'f', b'g', b'b', 0];
/// The code of WGS 84; x is longitude in the format, whatever the authority says.
const WGS84: i32 = 4326;

/// The EPSG code by which a FlatGeobuf file names a CRS; `None` is WGS 84 longitude and latitude.
/// # Errors
/// [`WriteError::CrsWithoutCode`] when it has none.
pub fn flatgeobuf_code(crs: Option<&Crs>) -> Result<i32, WriteError> {
    let Some(crs) = crs.filter(|crs| !crs.same_coordinates(&Crs::wgs84())) else { return Ok(WGS84) };
    let code = crs.epsg().and_then(|code| i32::try_from(code).ok());
    code.ok_or_else(|| WriteError::CrsWithoutCode { name: crs.name().to_owned() })
}

/// What is known of a file before its features.
#[derive(Debug)]
pub(super) struct Head {
    name: Option<String>,
    epsg: i32,
    foreign: Map<String, Value>,
}

/// What is known after them.
pub(super) struct Sum {
    pub(super) count: u64,
    pub(super) kind: GeometryType,
    /// The box around all features, if there is one.
    pub(super) extent: Option<NodeItem>,
    /// Children per node of the index; 0 for no index.
    pub(super) node_size: u16,
}

impl Head {
    /// Takes over what the format has a place for.
    /// # Errors
    /// [`WriteError::CrsWithoutCode`].
    pub(super) fn new(header: &Header) -> Result<Self, WriteError> {
        let epsg = flatgeobuf_code(header.crs.as_ref())?;
        Ok(Self { name: header.name.clone(), epsg, foreign: header.foreign.clone() })
    }

    /// The header behind its size.
    pub(super) fn bytes(&self, columns: &Settled, sum: &Sum) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let tables: Vec<_> = columns.list.iter().map(|of| column(&mut builder, of)).collect();
        let metadata = self.metadata(columns.ids());
        let mut text = |text: Option<&str>| text.map(|text| builder.create_string(text));
        let [name, title, description, metadata, org] = [
            text(self.name.as_deref()),
            text(self.text("title")),
            text(self.text("description")),
            text(metadata.as_deref()),
            text(Some("EPSG")),
        ];
        let crs = CrsTable::create(&mut builder, &CrsArgs { org, code: self.epsg, ..CrsArgs::default() });
        let envelope =
            sum.extent.as_ref().map(|of| builder.create_vector(&[of.min_x, of.min_y, of.max_x, of.max_y]));
        let args = HeaderArgs {
            name,
            envelope,
            geometry_type: sum.kind,
            columns: (!tables.is_empty()).then(|| builder.create_vector(&tables)),
            features_count: sum.count,
            index_node_size: sum.node_size,
            crs: Some(crs),
            title,
            description,
            metadata,
            ..HeaderArgs::default()
        };
        let header = HeaderTable::create(&mut builder, &args);
        builder.finish_size_prefixed(header, None);
        builder.finished_data().to_vec()
    }

    /// A member that the format has a field of its own for.
    fn text(&self, name: &str) -> Option<&str> {
        self.foreign.get(name).and_then(Value::as_str)
    }

    /// All other members as one JSON object, with the name of the column that holds the ids.
    fn metadata(&self, ids: Option<&str>) -> Option<String> {
        let own_field = |name: &str| ["title", "description"].contains(&name) && self.text(name).is_some();
        let others = self.foreign.iter().filter(|(name, _)| !own_field(name) && *name != ID_COLUMN);
        let mut members: Map<String, Value> =
            others.map(|(name, value)| (name.clone(), value.clone())).collect();
        members.extend(ids.map(|name| (ID_COLUMN.to_owned(), name.into())));
        (!members.is_empty()).then(|| Value::Object(members).to_string())
    }
}

fn column<'b>(builder: &mut FlatBufferBuilder<'b>, column: &Column) -> WIPOffset<ColumnTable<'b>> {
    let name = Some(builder.create_string(&column.name));
    ColumnTable::create(builder, &ColumnArgs { name, type_: column.kind, ..ColumnArgs::default() })
}
