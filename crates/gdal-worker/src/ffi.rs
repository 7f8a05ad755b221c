//! The wall to C: what the crate `gdal` does not offer, or offers only as text that it has decoded.
//!
//! Every function here takes a handle from a value of the crate `gdal` that it borrows, or owns it itself, so that
//! the handle is alive; GDAL is used by one thread. Pointers that GDAL gives are copied from before its next call.
#![allow(unsafe_code, reason = "GDAL is a library of C")]

use std::ffi::{CStr, c_char, c_int};
use std::ptr;

use gdal::spatial_ref::SpatialRef;
use gdal::vector::{Layer, LayerAccess};
use gdal_sys::{OGRFeatureH, OGRFieldSubType, OGRFieldType, OGRGeometryH};

/// Closes what this process was started with beside its three standard streams.
pub(crate) fn close_inherited() {
    // SAFETY: no value of this process owns a descriptor above 2 yet.
    unsafe { libc::close_range(3, libc::c_uint::MAX, 0) };
}

/// GDAL's word for a feature without a number, a macro of its header.
const NO_FID: i64 = -1;

/// The bytes of a text of C; none for a null pointer.
///
/// # Safety
/// The pointer is null or points to a text that ends in a zero byte and outlives this call.
unsafe fn bytes(text: *const c_char) -> Vec<u8> {
    // SAFETY: as the caller promises.
    if text.is_null() { Vec::new() } else { unsafe { CStr::from_ptr(text) }.to_bytes().to_vec() }
}

/// What a field of a layer is.
pub(crate) struct FieldHead {
    pub(crate) name: Vec<u8>,
    pub(crate) kind: OGRFieldType::Type,
    pub(crate) boolean: bool,
}

/// The layer's name, undecoded.
pub(crate) fn layer_name(layer: &Layer<'_>) -> Vec<u8> {
    // SAFETY: the handle belongs to the borrowed layer; the text lives as long as it.
    unsafe { bytes(gdal_sys::OGR_L_GetName(layer.c_layer())) }
}

/// The fields of a layer, names undecoded.
pub(crate) fn fields(layer: &Layer<'_>) -> Vec<FieldHead> {
    // SAFETY: the definition and its fields belong to the borrowed layer; indices stay below the count.
    unsafe {
        let definition = gdal_sys::OGR_L_GetLayerDefn(layer.c_layer());
        (0..gdal_sys::OGR_FD_GetFieldCount(definition))
            .map(|at| {
                let field = gdal_sys::OGR_FD_GetFieldDefn(definition, at);
                FieldHead {
                    name: bytes(gdal_sys::OGR_Fld_GetNameRef(field)),
                    kind: gdal_sys::OGR_Fld_GetType(field),
                    boolean: gdal_sys::OGR_Fld_GetSubType(field) == OGRFieldSubType::OFSTBoolean,
                }
            })
            .collect()
    }
}

/// Whether the coordinates stand in the order of the authority, northing or latitude first.
pub(crate) fn northing_first(crs: &SpatialRef) -> bool {
    // SAFETY: the handle belongs to the borrowed CRS; the mapping has as many numbers as GDAL says.
    unsafe {
        let handle = crs.to_c_hsrs();
        let mut count = 0;
        let mapping = gdal_sys::OSRGetDataAxisToSRSAxisMapping(handle, &raw mut count);
        let as_defined = !mapping.is_null() && count >= 2 && *mapping == 1;
        let northing_first = gdal_sys::OSREPSGTreatsAsLatLong(handle) != 0
            || gdal_sys::OSREPSGTreatsAsNorthingEasting(handle) != 0;
        as_defined && northing_first
    }
}

/// What came instead of a feature.
pub(crate) enum Next {
    Feature(FeatureHandle),
    End,
    /// GDAL said that it failed.
    Failed,
}

/// A feature that this side owns.
pub(crate) struct FeatureHandle(OGRFeatureH);

impl Drop for FeatureHandle {
    fn drop(&mut self) {
        // SAFETY: owned, and destroyed once.
        unsafe { gdal_sys::OGR_F_Destroy(self.0) }
    }
}

/// The layer's next feature.
pub(crate) fn next(layer: &mut Layer<'_>) -> Next {
    // SAFETY: the handle belongs to the borrowed layer; a feature that comes is owned by who asked.
    unsafe {
        gdal_sys::CPLErrorReset();
        let feature = gdal_sys::OGR_L_GetNextFeature(layer.c_layer());
        if !feature.is_null() {
            return Next::Feature(FeatureHandle(feature));
        }
        let failed = gdal_sys::CPLGetLastErrorType() >= gdal_sys::CPLErr::CE_Failure;
        if failed { Next::Failed } else { Next::End }
    }
}

impl FeatureHandle {
    /// GDAL's number of it.
    pub(crate) fn fid(&self) -> Option<i64> {
        // SAFETY: the handle is owned.
        let fid = unsafe { gdal_sys::OGR_F_GetFID(self.0) };
        (fid != NO_FID).then_some(fid)
    }

    /// How it is drawn, in OGR's words; what DXF and DGN say of colours stands there.
    pub(crate) fn style(&self) -> Vec<u8> {
        // SAFETY: the handle is owned; the text is copied.
        unsafe { bytes(gdal_sys::OGR_F_GetStyleString(self.0)) }
    }

    pub(crate) fn has(&self, at: c_int) -> bool {
        // SAFETY: the handle is owned; `at` counts the layer's fields, here and below.
        unsafe { gdal_sys::OGR_F_IsFieldSetAndNotNull(self.0, at) != 0 }
    }

    pub(crate) fn integer(&self, at: c_int) -> i64 {
        // SAFETY: as above.
        unsafe { gdal_sys::OGR_F_GetFieldAsInteger64(self.0, at) }
    }

    pub(crate) fn real(&self, at: c_int) -> f64 {
        // SAFETY: as above.
        unsafe { gdal_sys::OGR_F_GetFieldAsDouble(self.0, at) }
    }

    pub(crate) fn text(&self, at: c_int) -> Vec<u8> {
        // SAFETY: as above; the text is copied.
        unsafe { bytes(gdal_sys::OGR_F_GetFieldAsString(self.0, at)) }
    }

    pub(crate) fn binary(&self, at: c_int) -> Vec<u8> {
        let mut count = 0;
        // SAFETY: as above; GDAL says how many bytes stand behind its pointer.
        unsafe {
            let start = gdal_sys::OGR_F_GetFieldAsBinary(self.0, at, &raw mut count);
            match usize::try_from(count) {
                Ok(count) if !start.is_null() => std::slice::from_raw_parts(start, count).to_vec(),
                _ => Vec::new(),
            }
        }
    }

    /// Lists of texts and of numbers alike, each as text.
    pub(crate) fn list(&self, at: c_int) -> Vec<Vec<u8>> {
        // SAFETY: as above; the list ends with a null pointer.
        unsafe {
            let list = gdal_sys::OGR_F_GetFieldAsStringList(self.0, at);
            let mut items = Vec::new();
            while !list.is_null() && !(*list.add(items.len())).is_null() {
                items.push(bytes(*list.add(items.len())));
            }
            items
        }
    }

    /// Year, month, day, hour, minute, second, and GDAL's flag of the time zone.
    pub(crate) fn time(&self, at: c_int) -> Option<[c_int; 7]> {
        let mut parts = [0; 7];
        let [year, month, day, hour, minute, second, zone] = &mut parts;
        // SAFETY: as above; the pointers are those of seven numbers that live on.
        let known = unsafe {
            gdal_sys::OGR_F_GetFieldAsDateTime(self.0, at, year, month, day, hour, minute, second, zone)
        };
        (known != 0).then_some(parts)
    }

    /// The geometry as WKB, and whether it had curves that are straight pieces now. The error says that GDAL cannot
    /// write it so.
    pub(crate) fn geometry(&self, swapped: bool) -> Result<Option<(Vec<u8>, bool)>, ()> {
        // SAFETY: the geometry belongs to the owned feature; a straightened one is destroyed here.
        unsafe {
            let geometry = gdal_sys::OGR_F_GetGeometryRef(self.0);
            if geometry.is_null() {
                return Ok(None);
            }
            if swapped {
                gdal_sys::OGR_G_SwapXY(geometry);
            }
            if gdal_sys::OGR_G_HasCurveGeometry(geometry, 1) == 0 {
                return wkb(geometry).map(|wkb| Some((wkb, false)));
            }
            let straight = gdal_sys::OGR_G_GetLinearGeometry(geometry, 0.0, ptr::null_mut());
            if straight.is_null() {
                return Err(());
            }
            let written = wkb(straight);
            gdal_sys::OGR_G_DestroyGeometry(straight);
            written.map(|wkb| Some((wkb, true)))
        }
    }
}

/// # Safety
/// The handle is that of a geometry.
unsafe fn wkb(geometry: OGRGeometryH) -> Result<Vec<u8>, ()> {
    // SAFETY: as the caller promises; the buffer is as long as GDAL says that it needs.
    unsafe {
        let size = usize::try_from(gdal_sys::OGR_G_WkbSize(geometry)).map_err(|_| ())?;
        let mut bytes = vec![0; size];
        let order = gdal_sys::OGRwkbByteOrder::wkbNDR;
        let result = gdal_sys::OGR_G_ExportToIsoWkb(geometry, order, bytes.as_mut_ptr());
        if result == gdal_sys::OGRErr::OGRERR_NONE { Ok(bytes) } else { Err(()) }
    }
}
