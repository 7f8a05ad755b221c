//! Changing single features of a collection.

use std::collections::BTreeSet;
use std::sync::Arc;

use formats::{Effect, Limits, NoteKind, Text};
use spatial::{Crs, Feature, Layer};
use store::{Edit, Edited, Snapshot, StoredCollection};

use crate::{Project, ProjectError, coordinates};

/// What to change in a collection, and why.
#[derive(Clone, Debug)]
pub struct EditRequest<'a> {
    /// The collection.
    pub collection: &'a str,
    /// All of it is done or none. Coordinates are in the collection's CRS.
    pub edits: Vec<Edit>,
    /// What the person says about it.
    pub reason: Option<String>,
}

impl Project {
    /// Changes features of a collection, as one revision.
    /// # Errors
    /// [`ProjectError::NothingToEdit`], [`ProjectError::EditCoordinates`] when coordinates cannot be in the
    /// collection's CRS, or the store's own, of which [`store::StoreError::Changed`] says that somebody else was faster.
    pub fn edit(&self, request: &EditRequest<'_>) -> Result<Edited, ProjectError> {
        if request.edits.is_empty() {
            return Err(ProjectError::NothingToEdit);
        }
        let snapshot = self.snapshot()?;
        if let Some(stored) = snapshot.collection(request.collection) {
            plausible(request, &stored.collection.layer)?;
        }
        // Nobody may look at the store in between: he would read the whole collection again.
        let mut store = self.store();
        let edited = store.edit_collection(request.collection, &request.edits, request.reason.as_deref())?;
        self.take_in(|newest| edited_snapshot(newest, request.collection, &edited));
        Ok(edited)
    }
}

/// The features of a GeoJSON text, a feature or a collection of them, with positions in the order x, y of the CRS.
/// # Errors
/// [`ProjectError::EditText`] when anything in it cannot be taken exactly as it is written: who edits is there to mend
/// it, unlike who imports what others made.
pub fn features_of_text(text: &str, crs: &Crs) -> Result<Vec<Feature>, ProjectError> {
    let read = formats::read_layer_in(text.as_bytes(), &Limits::default(), Text::Any, Some(crs));
    let read = read.map_err(|error| ProjectError::EditText(error.to_string()))?;
    match read.notes.list.iter().find(|note| is_refused(note.kind)) {
        Some(note) => Err(ProjectError::EditText(note.to_string())),
        None => Ok(read.layer.features),
    }
}

/// Whether what a note tells of must not come in by an edit.
fn is_refused(kind: NoteKind) -> bool {
    match kind {
        // What our own answers have beside the feature, and letters in their one form.
        NoteKind::MembersLeftOut | NoteKind::TextNormalised => false,
        NoteKind::TooFewPositions | NoteKind::OutOfRange => true,
        _ => kind.effect() != Effect::Kept,
    }
}

/// Each feature must lie where its CRS can be, since one drawn in the wrong CRS is a slip, not a stray.
fn plausible(request: &EditRequest<'_>, layer: &Layer) -> Result<(), ProjectError> {
    for edit in &request.edits {
        let (Edit::Insert(feature) | Edit::Replace { after: feature, .. }) = edit else { continue };
        let alone = Layer { crs: layer.crs.clone(), features: vec![feature.clone()] };
        if let Some(doubt) = coordinates::doubt(&alone) {
            return Err(ProjectError::EditCoordinates { found: doubt.found, advice: doubt.advice });
        }
    }
    Ok(())
}

/// The newest snapshot with the edits in it; `None` when it is not the one that they were made on.
fn edited_snapshot(newest: &Snapshot, id: &str, edited: &Edited) -> Option<Snapshot> {
    if newest.revision + 1 != edited.revision.number {
        return None;
    }
    let mut snapshot = newest.clone();
    snapshot.revision = edited.revision.number;
    let stored = snapshot.collections.iter_mut().find(|stored| stored.collection.info.id == id)?;
    let layer = &stored.collection.layer;
    let layer = Layer { crs: layer.crs.clone(), features: edited_features(&layer.features, edited) };
    let collection = planning::Collection { info: stored.collection.info.clone(), layer: Arc::new(layer) };
    let (revision, imported_at) = (edited.revision.number, edited.changed_at.clone());
    *stored = StoredCollection { collection, revision, imported_at };
    Some(snapshot)
}

/// The features in the order of their positions, as the store would read them.
fn edited_features(before: &[Feature], edited: &Edited) -> Vec<Feature> {
    let replaced = edited.features.iter().map(|feature| feature.position);
    let gone: BTreeSet<u64> = replaced.chain(edited.removed.iter().copied()).collect();
    let kept = before.iter().filter(|feature| !gone.contains(&feature.position)).cloned();
    let mut features: Vec<Feature> = kept.chain(edited.features.iter().cloned()).collect();
    features.sort_by_key(|feature| feature.position);
    features
}
