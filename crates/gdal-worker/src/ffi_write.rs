//! The calls of GDAL that make a data source, layers, fields and features. Every pointer that GDAL hands out is used
//! before its next call; the data source is closed once.
#![allow(unsafe_code, reason = "GDAL is a library of C")]

use std::ffi::{CStr, CString, c_char, c_int};
use std::ptr;

use formats::worker::{FieldKind, NewField, NewLayer, RawFeature, RawGeometry, RawValue};
use gdal::cpl::CslStringList;
use gdal::spatial_ref::SpatialRef;
use gdal_sys::{GDALDatasetH, OGRFeatureH, OGRFieldSubType, OGRFieldType, OGRLayerH};

/// GDAL said no; what it said is kept elsewhere.
pub(crate) struct Failed;

type Done = Result<(), Failed>;

/// A data source that is being made.
pub(crate) struct Making {
    dataset: GDALDatasetH,
    layers: Vec<Made>,
    in_transaction: bool,
    /// Whether it is a drawing, whose layers have their fields already.
    is_drawing: bool,
}

/// The drivers of drawings.
const DRAWINGS: [&str; 2] = ["DXF", "DGN"];
/// The field that says how a feature is drawn, which GDAL keeps beside fields; its number here.
const STYLE: (&str, c_int) = ("ogr_style", -1);

/// A layer of it, with GDAL's number of each field.
struct Made {
    layer: OGRLayerH,
    fields: Vec<c_int>,
}

/// A text for C; what stands behind a zero byte, which no text of ours has, is left out.
fn text(bytes: &[u8]) -> CString {
    CString::new(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).unwrap_or_default()
}

fn options(list: &[String]) -> Result<CslStringList, Failed> {
    let mut options = CslStringList::new();
    list.iter().try_for_each(|option| options.add_string(option)).map_err(|_| Failed)?;
    Ok(options)
}

fn done(result: gdal_sys::OGRErr::Type) -> Done {
    if result == gdal_sys::OGRErr::OGRERR_NONE { Ok(()) } else { Err(Failed) }
}

fn can(dataset: GDALDatasetH, what: &CStr) -> bool {
    // SAFETY: the dataset is open, the text ends with a zero byte.
    unsafe { gdal_sys::GDALDatasetTestCapability(dataset, what.as_ptr()) != 0 }
}

impl Making {
    /// Begins a data source of a path.
    pub(crate) fn begin(driver: &str, path: &[u8], told: &[String]) -> Result<Self, Failed> {
        let is_drawing = DRAWINGS.contains(&driver);
        let (driver, path, told) = (text(driver.as_bytes()), text(path), options(told)?);
        // SAFETY: texts and list outlive the call; the driver is GDAL's own and stays.
        let dataset = unsafe {
            let driver = gdal_sys::GDALGetDriverByName(driver.as_ptr());
            if driver.is_null() {
                return Err(Failed);
            }
            let kind = gdal_sys::GDALDataType::GDT_Unknown;
            gdal_sys::GDALCreate(driver, path.as_ptr(), 0, 0, 0, kind, told.as_ptr())
        };
        if dataset.is_null() {
            return Err(Failed);
        }
        Ok(Self { dataset, layers: Vec::new(), in_transaction: false, is_drawing })
    }

    /// Makes a layer with its fields, exactly as they are asked for.
    pub(crate) fn layer(&mut self, new: &NewLayer, crs: Option<&SpatialRef>) -> Done {
        let (name, told) = (text(new.name.as_bytes()), options(&new.options)?);
        let crs = crs.map_or(ptr::null_mut(), SpatialRef::to_c_hsrs);
        // SAFETY: the dataset is open; texts and list outlive the call, and GDAL copies the CRS.
        let layer = unsafe {
            gdal_sys::GDALDatasetCreateLayer(self.dataset, name.as_ptr(), crs, new.geometry, told.as_ptr())
        };
        if layer.is_null() {
            return Err(Failed);
        }
        let number = |field| if self.is_drawing { drawn(layer, field) } else { made(layer, field) };
        let fields = new.fields.iter().map(number).collect::<Result<_, _>>()?;
        self.layers.push(Made { layer, fields });
        Ok(())
    }

    /// All that follows is one change, where the format knows such.
    pub(crate) fn begin_features(&mut self) -> Done {
        if self.in_transaction || !can(self.dataset, c"Transactions") {
            return Ok(());
        }
        self.in_transaction = true;
        // SAFETY: the dataset is open.
        done(unsafe { gdal_sys::GDALDatasetStartTransaction(self.dataset, 0) })
    }

    /// Puts a feature down.
    pub(crate) fn feature(&mut self, layer: usize, feature: &RawFeature) -> Done {
        let made = self.layers.get(layer).ok_or(Failed)?;
        // SAFETY: the layer lives as long as its dataset; the feature is destroyed once.
        unsafe {
            let new = gdal_sys::OGR_F_Create(gdal_sys::OGR_L_GetLayerDefn(made.layer));
            let filled = fill(new, &made.fields, feature)
                .and_then(|()| done(gdal_sys::OGR_L_CreateFeature(made.layer, new)));
            gdal_sys::OGR_F_Destroy(new);
            filled
        }
    }

    /// Writes what is left, and closes.
    pub(crate) fn finish(self) -> Done {
        // SAFETY: the dataset is open, and `self` goes with it without closing it again.
        unsafe {
            gdal_sys::CPLErrorReset();
            let committed = if self.in_transaction {
                done(gdal_sys::GDALDatasetCommitTransaction(self.dataset))
            } else {
                Ok(())
            };
            gdal_sys::GDALClose(self.dataset);
            let failed = gdal_sys::CPLGetLastErrorType() >= gdal_sys::CPLErr::CE_Failure;
            if failed { Err(Failed) } else { committed }
        }
    }
}

/// GDAL's number of a field that the layers of a drawing have.
fn drawn(layer: OGRLayerH, field: &NewField) -> Result<c_int, Failed> {
    if field.name == STYLE.0 {
        return Ok(STYLE.1);
    }
    let name = text(field.name.as_bytes());
    // SAFETY: the layer lives, and its definition with it; the text outlives the call.
    let at = unsafe { gdal_sys::OGR_FD_GetFieldIndex(gdal_sys::OGR_L_GetLayerDefn(layer), name.as_ptr()) };
    if at < 0 { Err(Failed) } else { Ok(at) }
}

/// Makes a field; GDAL's number of it.
fn made(layer: OGRLayerH, field: &NewField) -> Result<c_int, Failed> {
    let name = text(field.name.as_bytes());
    let (kind, sub) = match field.kind {
        FieldKind::Text => (OGRFieldType::OFTString, OGRFieldSubType::OFSTNone),
        FieldKind::Boolean => (OGRFieldType::OFTInteger, OGRFieldSubType::OFSTBoolean),
        FieldKind::Integer => (OGRFieldType::OFTInteger, OGRFieldSubType::OFSTNone),
        FieldKind::Long => (OGRFieldType::OFTInteger64, OGRFieldSubType::OFSTNone),
        FieldKind::Real => (OGRFieldType::OFTReal, OGRFieldSubType::OFSTNone),
    };
    // SAFETY: the layer lives; the definition is ours and destroyed once, GDAL copies it.
    unsafe {
        let definition = gdal_sys::OGR_L_GetLayerDefn(layer);
        let before = gdal_sys::OGR_FD_GetFieldCount(definition);
        let new = gdal_sys::OGR_Fld_Create(name.as_ptr(), kind);
        gdal_sys::OGR_Fld_SetSubType(new, sub);
        gdal_sys::OGR_Fld_SetWidth(new, field.width.into());
        gdal_sys::OGR_Fld_SetPrecision(new, field.decimals.into());
        let result = gdal_sys::OGR_L_CreateField(layer, new, 0);
        gdal_sys::OGR_Fld_Destroy(new);
        done(result)?;
        let after = gdal_sys::OGR_FD_GetFieldCount(definition);
        if after == before + 1 { Ok(before) } else { Err(Failed) }
    }
}

/// # Safety
/// The feature is one of the layer whose fields these are.
unsafe fn fill(new: OGRFeatureH, fields: &[c_int], feature: &RawFeature) -> Done {
    if fields.len() != feature.values.len() {
        return Err(Failed);
    }
    for (at, value) in fields.iter().zip(&feature.values) {
        // SAFETY: as the caller promises; texts are copied.
        unsafe {
            match value {
                // How it is drawn is no field.
                RawValue::Text(style) if *at == STYLE.1 => {
                    gdal_sys::OGR_F_SetStyleString(new, text(style).as_ptr());
                }
                _ if *at == STYLE.1 => {}
                RawValue::Null => gdal_sys::OGR_F_SetFieldNull(new, *at),
                RawValue::Integer(value) => gdal_sys::OGR_F_SetFieldInteger64(new, *at, *value),
                RawValue::Real(value) => gdal_sys::OGR_F_SetFieldDouble(new, *at, *value),
                RawValue::Text(bytes) => put_text(new, *at, &text(bytes)),
                RawValue::Time(time) => put_text(new, *at, &text(time.as_bytes())),
                // Nothing of ours is bytes or a list.
                RawValue::Binary(_) | RawValue::List(_) => return Err(Failed),
            }
        }
    }
    let (RawGeometry::Wkb(wkb) | RawGeometry::Straightened(wkb)) = &feature.geometry else { return Ok(()) };
    let size = c_int::try_from(wkb.len()).map_err(|_| Failed)?;
    let mut geometry = ptr::null_mut();
    // SAFETY: the bytes outlive the call, which makes a geometry that the feature owns from then on.
    unsafe {
        let bytes = wkb.as_ptr().cast();
        done(gdal_sys::OGR_G_CreateFromWkb(bytes, ptr::null_mut(), &raw mut geometry, size))?;
        done(gdal_sys::OGR_F_SetGeometryDirectly(new, geometry))
    }
}

/// # Safety
/// The feature has such a field.
unsafe fn put_text(new: OGRFeatureH, at: c_int, value: &CStr) {
    let value: *const c_char = value.as_ptr();
    // SAFETY: as the caller promises; the text is copied.
    unsafe { gdal_sys::OGR_F_SetFieldString(new, at, value) }
}
