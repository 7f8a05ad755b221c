//! A source of an upload into the store.

use std::path::PathBuf;
use std::sync::PoisonError;

use super::{Upload, Uploads};
use crate::error::shortened;
use crate::{ImportReport, ImportRequest, Project, ProjectError};

impl Upload {
    /// Where the files are of a source that can be imported.
    fn place(&self, source: &str) -> Option<PathBuf> {
        let mut sources = self.sources.iter();
        let known = sources.any(|found| found.path == source && found.problem.is_none());
        known.then(|| self.folder.path().join(source))
    }

    /// Names of the sources that can be imported.
    pub fn usable(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().filter(|source| source.problem.is_none()).map(|source| source.path.as_str())
    }
}

impl Project {
    /// Imports a source of an upload as a collection; files and limits of the request are the upload's.
    /// # Errors
    /// As [`Project::import`]; [`ProjectError::UnknownSource`].
    pub fn import_upload(
        &self,
        uploads: &Uploads,
        upload: &Upload,
        source: &str,
        request: &ImportRequest<'_>,
    ) -> Result<ImportReport, ProjectError> {
        let unknown = || ProjectError::UnknownSource {
            name: source.to_owned(),
            known: crate::error::listed(upload.usable()),
        };
        let path = upload.place(source).ok_or_else(unknown)?;
        let folder = upload.folder.path();
        let limits = uploads.limits();
        let request = ImportRequest {
            files: vec![path],
            limits: limits.reading.clone(),
            sources: limits.sources,
            ..request.clone()
        };
        let mut report = self.import(&request).map_err(|error| error.named_from(folder))?;
        for file in &mut report.files {
            file.path = shortened(&file.path, folder);
        }
        uploads.imported(upload, source, request.layer.as_deref());
        Ok(report)
    }
}

impl Uploads {
    /// Gives an upload up when all of it that can be imported was.
    fn imported(&self, upload: &Upload, source: &str, layer: Option<&str>) {
        let mut imported = upload.imported.lock().unwrap_or_else(PoisonError::into_inner);
        imported.extend(
            upload
                .parts()
                .filter(|(path, name)| path == source && (name.is_none() || name.as_deref() == layer)),
        );
        if upload.parts().all(|part| imported.contains(&part)) {
            self.remove(&upload.id);
        }
    }
}

impl Upload {
    /// Everything that can be imported: sources, with the layer of those that have several with something in them.
    fn parts(&self) -> impl Iterator<Item = (String, Option<String>)> {
        self.sources.iter().filter(|source| source.problem.is_none()).flat_map(|source| {
            let filled = source.layers.iter().filter(|layer| layer.features != Some(0));
            let several = filled.clone().count() > 1;
            let names: Vec<_> =
                if several { filled.map(|layer| layer.name.clone()).collect() } else { vec![None] };
            names.into_iter().map(|name| (source.path.clone(), name))
        })
    }
}
