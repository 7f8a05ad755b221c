//! FlatGeobuf: a header with CRS and columns, a packed Hilbert R-tree, then the features in its order.
//!
//! The index stands before the features and holds the place of each, so nothing can be written before the last
//! feature is known. Encoded features go to a *spool*, a file that the caller brings; what stays in memory is a box
//! and two numbers a feature, and one feature at a time. The tables are FlatBuffers, made by the generated code of
//! the crate `flatgeobuf`; its index is used too. Its own writer is not: it makes files of its own, turns polygons
//! into multipolygons, and knows no JSON and no ids.
//!
//! FlatGeobuf has no feature ids: they are a column, and a member `id_column` of the metadata names it, by which
//! [`read()`](crate::read()) knows them again.

mod geometry;
mod head;
mod properties;

use std::io::{BufReader, BufWriter, Read, Seek, Write};

use ::flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use ::flatgeobuf::{Feature as Table, FeatureArgs, GeometryType};
use flatbuffers::FlatBufferBuilder;
use spatial::Feature;

use crate::write::columns::{Columns, Settled};
use crate::{Header, WriteError};
use geometry::{Buffers, Shaper};
pub use head::flatgeobuf_code;
use head::{Head, MAGIC, Sum};

/// Bytes of one feature, at most. A builder of tables panics at twice as many.
const FEATURE_BYTES: usize = 1 << 30;
/// Bytes of a position, with those of the tables around it: parts of one position each need the most.
const POSITION: usize = 16 + 64;

/// Writes one FlatGeobuf file: [`begin`](Self::begin), then [`feature`](Self::feature) for each, then
/// [`finish`](Self::finish), before which nothing is written but to the spool. Coordinates keep their bits and rings
/// their direction; the order of features is that of the index. A feature without geometry has an empty box there,
/// which no search finds.
pub struct FlatGeobufWriter<W, S: Write> {
    output: W,
    spool: BufWriter<S>,
    head: Head,
    columns: Settled,
    builder: FlatBufferBuilder<'static>,
    buffers: Buffers,
    encoded: Vec<u8>,
    /// The type of all geometries so far, if they have one.
    kind: Option<GeometryType>,
    /// The box of each feature, with its number for an offset.
    nodes: Vec<NodeItem>,
    /// Where each feature begins in the spool, and where the next will.
    starts: Vec<u64>,
}

impl<W: Write, S: Read + Write + Seek> FlatGeobufWriter<W, S> {
    /// Starts a file. `spool` is empty and takes as much as the file will have; `columns` has seen every feature that
    /// will be written. Members of the header become title, description and metadata.
    /// # Errors
    /// [`WriteError::CrsWithoutCode`] when the CRS has no EPSG code; [`WriteError::TooManyColumns`].
    pub fn begin(output: W, spool: S, header: &Header, columns: Columns) -> Result<Self, WriteError> {
        Ok(Self {
            output,
            spool: BufWriter::new(spool),
            head: Head::new(header)?,
            columns: columns.settled()?,
            builder: FlatBufferBuilder::new(),
            buffers: Buffers::default(),
            encoded: Vec::new(),
            kind: None,
            nodes: Vec::new(),
            starts: vec![0],
        })
    }

    /// Says anew what the header says: a stream may tell its CRS behind its features.
    /// # Errors
    /// [`WriteError::CrsWithoutCode`] when the CRS has no EPSG code.
    pub fn describe(&mut self, header: &Header) -> Result<(), WriteError> {
        self.head = Head::new(header)?;
        Ok(())
    }

    /// Takes one feature. Its coordinates must be in the header's CRS.
    /// # Errors
    /// [`WriteError`] when the spool fails, a coordinate is not finite, the feature is too large, or a value does not
    /// fit its column because the columns have not seen it. Nothing of the feature is then written.
    pub fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        self.encoded.clear();
        properties::encode(&self.columns, feature, &mut self.encoded)?;
        let positions = feature.geometry.as_ref().map_or(0, geometry::positions);
        let bytes = positions.saturating_mul(POSITION).saturating_add(self.encoded.len());
        if bytes > FEATURE_BYTES {
            return Err(WriteError::TooLarge { label: feature.label(), positions });
        }
        self.builder.reset();
        let mut shaper = Shaper {
            builder: &mut self.builder,
            buffers: &mut self.buffers,
            extent: NodeItem::create(self.nodes.len() as u64),
            is_finite: true,
        };
        let geometry = feature.geometry.as_ref().map(|geometry| shaper.table(geometry));
        let Shaper { extent, is_finite, .. } = shaper;
        if !is_finite {
            return Err(WriteError::NotFinite { label: feature.label() });
        }
        let properties = (!self.encoded.is_empty()).then(|| self.builder.create_vector(&self.encoded));
        let args = FeatureArgs { geometry, properties, columns: None };
        let table = Table::create(&mut self.builder, &args);
        self.builder.finish_size_prefixed(table, None);
        let bytes = self.builder.finished_data();
        self.spool.write_all(bytes)?;
        self.starts.push(self.starts.last().unwrap_or(&0) + bytes.len() as u64);
        self.nodes.push(extent);
        if let Some(kind) = feature.geometry.as_ref().map(geometry::kind) {
            let kinds_differ = self.kind.is_some_and(|before| before != kind);
            self.kind = Some(if kinds_differ { GeometryType::Unknown } else { kind });
        }
        Ok(())
    }

    /// Writes the file, and returns the output, flushed.
    /// # Errors
    /// [`WriteError`] when the spool or the output fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        let extent = calc_extent(&self.nodes);
        hilbert_sort(&mut self.nodes, &extent);
        let sum = Sum {
            count: self.nodes.len() as u64,
            kind: self.kind.unwrap_or(GeometryType::Unknown),
            extent: (extent.min_x <= extent.max_x).then(|| extent.clone()),
            node_size: if self.nodes.is_empty() { 0 } else { PackedRTree::DEFAULT_NODE_SIZE },
        };
        self.output.write_all(&MAGIC)?;
        self.output.write_all(&self.head.bytes(&self.columns, &sum))?;
        if sum.node_size > 0 {
            let tree = PackedRTree::build(&self.leaves(), &extent, sum.node_size);
            let tree = tree.map_err(|error| WriteError::Io(std::io::Error::other(error)))?;
            tree.stream_write(&mut self.output)?;
        }
        self.copy()
    }

    /// The boxes with the places of their features in the file.
    fn leaves(&self) -> Vec<NodeItem> {
        let mut offset = 0;
        let placed = |node: &NodeItem| {
            let leaf = NodeItem { offset, ..node.clone() };
            let [start, end] = self.place(node);
            offset += end - start;
            leaf
        };
        self.nodes.iter().map(placed).collect()
    }

    /// From where to where a feature is in the spool.
    fn place(&self, node: &NodeItem) -> [u64; 2] {
        let number = usize::try_from(node.offset).unwrap_or(usize::MAX);
        [number, number.saturating_add(1)].map(|at| self.starts.get(at).copied().unwrap_or_default())
    }

    /// Copies the features from the spool in the order of the index.
    fn copy(mut self) -> Result<W, WriteError> {
        self.spool.flush()?;
        let places: Vec<[u64; 2]> = self.nodes.iter().map(|node| self.place(node)).collect();
        let mut spool =
            BufReader::new(self.spool.into_inner().map_err(|error| WriteError::Io(error.into()))?);
        spool.rewind()?;
        // Neighbours are mostly near each other in the spool as well: a short way keeps what was read ahead.
        let mut at = 0_u64;
        for [start, end] in places {
            spool.seek_relative(start.wrapping_sub(at).cast_signed())?;
            let copied = std::io::copy(&mut spool.by_ref().take(end - start), &mut self.output)?;
            if copied != end - start {
                return Err(WriteError::Io(std::io::ErrorKind::UnexpectedEof.into()));
            }
            at = end;
        }
        self.output.flush()?;
        Ok(self.output)
    }
}
