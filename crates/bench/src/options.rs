//! What every task is told: which workload, where results go, who takes part.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sample::workload::{Features, Size, workload};
use serde::Serialize;

use crate::engines::Job;
use crate::problem::Problem;
use crate::share::write_json;

/// Options of all tasks.
#[derive(Args, Clone, Debug)]
// The tasks have options of their own, and clap wants a name for each group.
#[group(id = "of_all_tasks")]
pub(crate) struct Options {
    /// Folder with `cells.bin`, `zones.bin` and `nasty.bin` [default: one is made].
    #[arg(long)]
    pub(crate) workload: Option<PathBuf>,
    /// Cells of the workload that is made.
    #[arg(long, default_value_t = 200_000, conflicts_with = "workload")]
    pub(crate) cells: usize,
    /// Zones of the workload that is made.
    #[arg(long, default_value_t = 5_000, conflicts_with = "workload")]
    pub(crate) zones: usize,
    /// Seed of the workload that is made.
    #[arg(long, default_value_t = 7, conflicts_with = "workload")]
    pub(crate) seed: u64,
    /// Run ours alone.
    #[arg(long)]
    pub(crate) no_peers: bool,
    /// Folder for results and for the workload that is made.
    #[arg(long, default_value = "target/bench")]
    pub(crate) folder: PathBuf,
    /// Write everything that was measured to this file too.
    #[arg(long)]
    pub(crate) json: Option<PathBuf>,
    /// The Python that has shapely and DuckDB.
    #[arg(long)]
    pub(crate) python: Option<PathBuf>,
}

impl Options {
    /// The job of a task; makes the folder, and the workload where none was named.
    pub(crate) fn job(&self, task: &str, every: usize, repeat: usize) -> Result<Job, Problem> {
        let folder = self.folder.join(task);
        fs::create_dir_all(&folder).map_err(Problem::file(&folder))?;
        let workload = self.workload.clone().map_or_else(|| self.made(), Ok)?;
        Ok(Job { workload, folder, every: every.max(1), repeat: repeat.max(1) })
    }

    /// Writes the results for machines, where that is wanted.
    pub(crate) fn keep<T: Serialize>(&self, results: &T) -> Result<(), Problem> {
        self.json.as_ref().map_or(Ok(()), |path| write_json(path, results))
    }

    /// The folder of the workload of these numbers; made once and kept.
    fn made(&self) -> Result<PathBuf, Problem> {
        let folder = self.folder.join(format!("workload-{}-{}-{}", self.cells, self.zones, self.seed));
        if folder.is_dir() {
            return Ok(folder);
        }
        eprintln!("making a workload of {} cells and {} zones …", self.cells, self.zones);
        let made = workload(Size { cells: self.cells, zones: self.zones }, self.seed);
        eprintln!("{} cells were straightened; zones: {:?}", made.straightened, made.kinds);
        // Under another name first: what is interrupted must not pass for made.
        let draft = folder.with_extension("draft");
        fs::create_dir_all(&draft).map_err(Problem::file(&draft))?;
        for (name, features) in
            [("cells.bin", &made.cells), ("zones.bin", &made.zones), ("nasty.bin", &made.nasty)]
        {
            write(&draft.join(name), features)?;
        }
        fs::rename(&draft, &folder).map_err(Problem::file(&folder))?;
        Ok(folder)
    }
}

fn write(path: &Path, features: &Features) -> Result<(), Problem> {
    let mut out = BufWriter::new(File::create(path).map_err(Problem::file(path))?);
    features.write(&mut out).and_then(|()| out.flush()).map_err(Problem::file(path))
}

#[cfg(test)]
mod tests {
    use sample::workload::{Size, workload};

    use super::write;
    use crate::ragged::{Ragged, Shape};

    #[test]
    fn what_the_workload_writes_is_what_is_read() {
        let made = workload(Size { cells: 50, zones: 5 }, 1);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zones.bin");
        write(&path, &made.zones).unwrap();
        let file = Ragged::open(&path).unwrap();
        assert_eq!((file.len(), file.vertices()), (5, made.zones.vertex_count()));
        let mut shape = Shape::default();
        file.read(3, &mut shape).unwrap();
        let expected = made.zones.multi_polygon(3);
        let rings = expected.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        let coords: Vec<[f64; 2]> = rings.flat_map(|ring| ring.coords().map(|c| [c.x, c.y])).collect();
        assert_eq!(shape.coords(), coords);
    }
}
