//! What the public may see of a store.

use std::collections::BTreeSet;

use planning::CheckInput;

use crate::ProjectError;

/// Codes of land that is shown to nobody but the staff: those of every rule pack, since what one of them guards must
/// not come out by asking for another day.
/// # Errors
/// [`ProjectError::Data`] when a pack that is compiled in cannot be read.
pub fn internal_codes() -> Result<Vec<String>, ProjectError> {
    let codes: BTreeSet<&String> = planning::packs()?.iter().flat_map(|pack| &pack.internal_codes).collect();
    Ok(codes.into_iter().cloned().collect())
}

/// The input of checks whose outcome the public may see.
/// # Errors
/// As [`internal_codes`].
pub fn public_input(input: &CheckInput) -> Result<CheckInput, ProjectError> {
    Ok(input.public(&internal_codes()?))
}
