//! What is to be made, before its features.

use super::wire::{CutOff, Taking, put_bytes, put_count};

/// A layer to make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewLayer {
    /// Its name.
    pub name: String,
    /// Its CRS as GDAL takes it: authority and code, well-known text or a PROJ string; empty for none.
    pub crs: String,
    /// The type of its geometries as WKB numbers them; 0 for any.
    pub geometry: u32,
    /// What the driver is told, `KEY=value`.
    pub options: Vec<String>,
    /// Its fields; each feature has a value for each.
    pub fields: Vec<NewField>,
}

/// A field to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewField {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// Digits or bytes of a value; 0 for what the format takes by itself.
    pub width: u8,
    /// Decimals of a value.
    pub decimals: u8,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FieldKind {
    /// Text.
    Text = 0,
    /// True or false.
    Boolean = 1,
    /// A whole number of 32 bits.
    Integer = 2,
    /// A whole number of 64 bits.
    Long = 3,
    /// A number.
    Real = 4,
}

impl FieldKind {
    fn of(code: u8) -> Option<Self> {
        [Self::Text, Self::Boolean, Self::Integer, Self::Long, Self::Real]
            .into_iter()
            .find(|kind| *kind as u8 == code)
    }
}

impl NewLayer {
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        put_bytes(out, self.name.as_bytes());
        put_bytes(out, self.crs.as_bytes());
        out.extend(self.geometry.to_le_bytes());
        put_count(out, self.options.len());
        self.options.iter().for_each(|option| put_bytes(out, option.as_bytes()));
        put_count(out, self.fields.len());
        for field in &self.fields {
            put_bytes(out, field.name.as_bytes());
            out.extend([field.kind as u8, field.width, field.decimals]);
        }
    }

    pub(super) fn taken(from: &mut Taking<'_>) -> Result<Self, CutOff> {
        Ok(Self {
            name: from.text()?,
            crs: from.text()?,
            geometry: from.u32()?,
            options: from.all(Taking::text)?,
            fields: from.all(NewField::taken)?,
        })
    }
}

impl NewField {
    fn taken(from: &mut Taking<'_>) -> Result<Self, CutOff> {
        Ok(Self {
            name: from.text()?,
            kind: FieldKind::of(from.u8()?).ok_or(CutOff)?,
            width: from.u8()?,
            decimals: from.u8()?,
        })
    }
}
