//! Unpacking a ZIP archive that nobody vouches for: names stay inside the folder, nothing but plain files comes out, and what
//! comes out is counted while it does, whatever the archive says of its sizes. Archives inside are left packed.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use zip::ZipArchive;

use super::SourceLimits;

/// Folders inside each other.
const DEEPEST: usize = 8;
/// The kinds of file in the mode of Unix, and those that are taken.
const KINDS: u32 = 0o170_000;
const PLAIN: [u32; 3] = [0, 0o100_000, 0o040_000];

/// Unpacks into a folder that has nothing else in it, as far as the limits go; returns how many bytes came out. The error says
/// what is wrong and what to do.
pub(crate) fn unpack(path: &Path, folder: &Path, limits: &SourceLimits) -> Result<u64, String> {
    let broken = |error: &dyn std::fmt::Display| {
        format!(
            "it looks like a zip archive (a zipped Shapefile, KMZ or Excel file is one too), but cannot be unpacked ({error}): \
             check that it was saved or downloaded whole"
        )
    };
    let file = File::open(path).map_err(|error| broken(&error))?;
    let mut archive = ZipArchive::new(file).map_err(|error| broken(&error))?;
    let (files, most) = (archive.len(), limits.archive_files);
    if files > most {
        return Err(format!(
            "the archive holds {files} files, and {most} at most are unpacked: give only what is needed of it"
        ));
    }
    let most = limits.unpacked_bytes;
    let mut left = most;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| broken(&error))?;
        let name = entry.name().unwrap_or_default().into_owned();
        let inside = entry.enclosed_name().filter(|inside| is_inside(inside));
        let plain = PLAIN.contains(&(entry.unix_mode().unwrap_or_default() & KINDS));
        let Some(inside) = inside.filter(|_| plain) else {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            return Err(format!(
                "the archive holds \"{shown}\", which leads out of its folder, is no plain file, or lies too deep: it is made \
                 to harm or broken; nothing of it was taken"
            ));
        };
        if entry.is_dir() {
            continue;
        }
        let place = folder.join(inside);
        let written = write(entry, &place, left).map_err(|error| broken(&error))?;
        left = left.checked_sub(written).ok_or_else(|| {
            format!("the archive unpacks to more than {most} bytes: give only what is needed of it")
        })?;
    }
    Ok(most - left)
}

/// Whether a name, cleaned by the crate `zip`, is made of plain parts and not too many.
fn is_inside(name: &Path) -> bool {
    let parts: Vec<_> = name.components().collect();
    (1..=DEEPEST).contains(&parts.len()) && parts.iter().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes one file that was not there before; one byte more than may be left, so that what is too much shows.
fn write(entry: impl Read, place: &Path, left: u64) -> io::Result<u64> {
    fs::create_dir_all(place.parent().unwrap_or(place))?;
    let mut file = File::create_new(place)?;
    io::copy(&mut entry.take(left.saturating_add(1)), &mut file)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    /// An archive with entries of a name, a mode and a content.
    fn archive(folder: &Path, entries: &[(&str, u32, &[u8])]) -> std::path::PathBuf {
        let path = folder.join("a.zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        for (name, mode, content) in entries {
            zip.start_file(*name, SimpleFileOptions::default().unix_permissions(*mode)).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    fn unpack(path: &Path, unpacked_bytes: u64) -> Result<tempfile::TempDir, String> {
        let folder = tempfile::tempdir().unwrap();
        let limits = SourceLimits { unpacked_bytes, ..SourceLimits::default() };
        super::unpack(path, folder.path(), &limits).map(|_| folder)
    }

    #[test]
    fn plain_files_come_out_where_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let path = archive(folder.path(), &[("a/đất.shp", 0o644, b"1"), ("b.dbf", 0o644, b"22")]);
        let out = unpack(&path, 3).unwrap();
        assert_eq!(fs::read(out.path().join("a/đất.shp")).unwrap(), b"1");
        assert_eq!(fs::read(out.path().join("b.dbf")).unwrap(), b"22");
    }

    #[test]
    fn names_that_lead_out_and_depth_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let deep = format!("{}c", "a/".repeat(9));
        for name in ["../a", "a/../../b", "x/../../../etc/passwd", deep.as_str()] {
            let path = archive(folder.path(), &[(name, 0o644, b"1")]);
            let refused = unpack(&path, 100).unwrap_err();
            assert!(refused.contains("leads out of its folder"), "{name}: {refused}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the archive is there");
    }

    #[test]
    fn links_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        zip.add_symlink("plan.geojson", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap();
        assert!(unpack(&path, 1_000).unwrap_err().contains("is no plain file"));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_whatever_it_says() {
        let folder = tempfile::tempdir().unwrap();
        let zeros = vec![0; 10 << 20];
        let path = archive(folder.path(), &[("a", 0o644, &zeros), ("b", 0o644, &zeros)]);
        assert!(fs::metadata(&path).unwrap().len() < 100_000);
        assert!(unpack(&path, 15 << 20).unwrap_err().contains("more than"));
        assert!(unpack(&path, 20 << 20).is_ok());
        let cut = fs::read(&path).unwrap();
        fs::write(&path, &cut[..cut.len() / 2]).unwrap();
        assert!(unpack(&path, 20 << 20).unwrap_err().contains("cannot be unpacked"));
    }
}
