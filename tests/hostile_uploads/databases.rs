//! GeoPackages, Shapefiles and File Geodatabases that are made to harm.

use crate::good::{Good, archive};
use crate::kind::{DAMAGED, Kind, PARTS, either, noise, patched, refused, taken, zipped};
use crate::trap::Trap;

/// Every kind.
pub(crate) fn all(trap: &Trap, good: &Good) -> Vec<Kind> {
    let mut kinds = views(trap, good);
    kinds.extend(packages(trap, good));
    kinds.extend(shapes(good));
    kinds.extend(beside_shapes(trap, good));
    kinds.extend(geodatabases());
    kinds
}

/// A statement that makes a view known as a table of attributes.
fn known(view: &str) -> String {
    format!(
        "INSERT INTO gpkg_contents (table_name, identifier, data_type) VALUES ('{view}', '{view}', 'attributes')"
    )
}

fn views(trap: &Trap, good: &Good) -> Vec<Kind> {
    let (file, url) = (trap.path("s.txt"), trap.url());
    let view = |name: &str, body: &str| {
        let view = format!("CREATE VIEW v AS {body}");
        good.told(&format!("{name}.gpkg"), &[&view, &known("v")])
    };
    vec![
        refused(
            "view without an end",
            "p.gpkg",
            view(
                "endless",
                "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT i AS fid FROM n",
            ),
            "it takes too long to look into it: divide it",
        ),
        refused(
            "view of all with all with all",
            "p.gpkg",
            view(
                "product",
                "SELECT a.fid FROM good a, good b, good c, good d, good e, good f, good g, good h, good i, good j, good k",
            ),
            "it takes too long to look into it: divide it",
        ),
        either(
            "view of a text of a gigabyte",
            "p.gpkg",
            view("large", "SELECT 1 AS fid, hex(zeroblob(600000000)) AS t"),
            &[
                "it takes too long to look into it",
                "more than the worker's memory",
                "raise the limit",
                DAMAGED,
            ],
        ),
        taken(
            "view that loads a library",
            "p.gpkg",
            view("library", &format!("SELECT 1 AS fid, load_extension('{file}') AS t")),
            "",
        ),
        taken(
            "view that reads a file",
            "p.gpkg",
            view("reading", &format!("SELECT 1 AS fid, readfile('{file}') AS t")),
            "",
        ),
        taken(
            "view that has GDAL fetch",
            "p.gpkg",
            view(
                "fetching",
                &format!(
                    "SELECT 1 AS fid, GDAL_GetPixelValue('/vsicurl/{url}/a.tif', 1, 'pixel', 0, 0) AS t"
                ),
            ),
            "",
        ),
        taken("view of itself", "p.gpkg", view("itself", "SELECT * FROM v"), ""),
    ]
}

fn packages(trap: &Trap, good: &Good) -> Vec<Kind> {
    let url = trap.url();
    let statements = |name: &str, statements: &[&str]| good.told(&format!("{name}.gpkg"), statements);
    let whole = good.bytes("good.gpkg");
    // A multipolygon, or a polygon, of one ring of five corners.
    let counts = [&[1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0][..], &[1, 6, 0, 0, 0, 1, 0, 0, 0]];
    let at = counts.iter().find(|count| whole.windows(count.len()).any(|window| window == **count)).unwrap();
    let many = [&at[..5], &[0xff, 0xff, 0xff, 0x7f], &at[9..]].concat();
    vec![
        taken(
            "trigger",
            "p.gpkg",
            statements("trigger", &["CREATE TRIGGER t AFTER INSERT ON good BEGIN DELETE FROM good; END"]),
            "",
        ),
        taken(
            "extension that there is not",
            "p.gpkg",
            statements(
                "extension",
                &[&format!(
                    "INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) VALUES ('good', 'geom', 'x_y', '{url}', 'read-write')"
                )],
            ),
            "",
        ),
        taken(
            "GeoPackage whose CRS is an address",
            "p.gpkg",
            statements(
                "crs",
                &[&format!(
                    "UPDATE gpkg_spatial_ref_sys SET definition = '{url}', organization = 'NONE', organization_coordsys_id = 1 WHERE srs_id = 9211"
                )],
            ),
            "",
        ),
        taken(
            "more features than there are",
            "p.gpkg",
            statements("counted", &["UPDATE gpkg_ogr_contents SET feature_count = 9000000000000000"]),
            "",
        ),
        taken("geometry of 2,147,483,647 rings", "p.gpkg", patched(&whole, at, &many), ""),
        refused(
            "database whose pages have no size",
            "p.gpkg",
            [&whole[..16], &[0, 0], &whole[18..]].concat(),
            PARTS,
        ),
        refused(
            "database that is no GeoPackage",
            "p.gpkg",
            [b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20".as_slice(), &noise(7, 20_000)].concat(),
            PARTS,
        ),
        refused(
            "database with a journal",
            "p.zip",
            zipped(&[("p.gpkg", &whole), ("p.gpkg-wal", &noise(11, 4_000))]),
            "it looks like a binary file",
        ),
    ]
}

fn shapes(good: &Good) -> Vec<Kind> {
    let parts = good.parts(&["shp", "shx", "dbf", "prj", "cpg"]);
    let changed = |ending: &str, with: &dyn Fn(&[u8]) -> Vec<u8>| archive(&parts, ending, with);
    let at = |bytes: &[u8], at: usize, value: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes[at..at + value.len()].copy_from_slice(value);
        bytes
    };
    vec![
        // Behind the head of 100 bytes and that of a record (8): type (4), box (32), parts, points.
        taken(
            "shape of 2,147,483,647 parts",
            "s.zip",
            changed("shp", &|b| at(b, 144, &[0xff, 0xff, 0xff, 0x7f])),
            "",
        ),
        taken("shape of -1 points", "s.zip", changed("shp", &|b| at(b, 148, &[0xff; 4])), ""),
        taken(
            "shape longer than its file",
            "s.zip",
            changed("shp", &|b| at(b, 104, &[0x7f, 0xff, 0xff, 0xff])),
            "",
        ),
        taken("shape whose box is no number", "s.zip", changed("shp", &|b| at(b, 112, &[0xff; 32])), ""),
        taken(
            "index that points beyond the file",
            "s.zip",
            changed("shx", &|b| at(b, 100, &[0x7f, 0xff, 0xff, 0xff])),
            "",
        ),
        taken(
            "index of one place for all",
            "s.zip",
            changed("shx", &|b| [&b[..100], &b[100..108].repeat((b.len() - 100) / 8)].concat()),
            "",
        ),
        taken("table of 4,294,967,295 records", "s.zip", changed("dbf", &|b| at(b, 4, &[0xff; 4])), ""),
        taken("table whose head has no length", "s.zip", changed("dbf", &|b| at(b, 8, &[0, 0])), ""),
    ]
}

/// What lies beside the shapes.
fn beside_shapes(trap: &Trap, good: &Good) -> Vec<Kind> {
    let parts = good.parts(&["shp", "shx", "dbf", "prj", "cpg"]);
    let changed = |ending: &str, with: &dyn Fn(&[u8]) -> Vec<u8>| archive(&parts, ending, with);
    let without = |ending: &str| {
        let kept: Vec<_> = parts.iter().filter(|(name, _)| !name.ends_with(ending)).cloned().collect();
        archive(&kept, "none", <[u8]>::to_vec)
    };
    let grid = format!(
        "GEOGCS[\"a\",DATUM[\"b\",SPHEROID[\"WGS84\",6378137,298.257223563]],PRIMEM[\"G\",0],UNIT[\"degree\",0.0174532925199433],\
         EXTENSION[\"PROJ4\",\"+proj=longlat +ellps=WGS84 +nadgrids={} +no_defs\"]]",
        trap.path("s.txt")
    );
    let more = |name: &str, text: &[u8]| {
        let mut parts = parts.clone();
        parts.push((name.to_owned(), text.to_vec()));
        archive(&parts, "none", <[u8]>::to_vec)
    };
    vec![
        taken(
            "encoding that is a path",
            "s.zip",
            changed("cpg", &|_| b"../../../../etc/passwd".to_vec()),
            "",
        ),
        taken(
            "Shapefile whose CRS reads a grid",
            "s.zip",
            changed("prj", &|_| grid.clone().into_bytes()),
            "",
        ),
        taken(
            "CRS in 40,000 brackets",
            "s.zip",
            changed("prj", &|_| "GEOGCS[".repeat(40_000).into_bytes()),
            "",
        ),
        taken(
            "tree of places without sense",
            "s.zip",
            more("good.qix", &[b"SQT\x01\x01\0\0\0".as_slice(), &noise(13, 2_000)].concat()),
            "",
        ),
        taken(
            "index of ArcGIS without sense",
            "s.zip",
            more("good.sbn", &[b"\0\0\x27\x0a\xff\xff\xfe\x70".as_slice(), &noise(17, 2_000)].concat()),
            "",
        ),
        taken(
            "metadata that include a file",
            "s.zip",
            more(
                "good.shp.xml",
                format!("<!DOCTYPE a [<!ENTITY e SYSTEM \"file://{}\">]><a>&e;</a>", trap.path("s.txt"))
                    .as_bytes(),
            ),
            "",
        ),
        refused(
            "shapes without an index",
            "s.zip",
            without("shx"),
            "the part good.shx is missing: a Shapefile is several files",
        ),
        taken("shapes without a table", "s.zip", without("dbf"), ""),
    ]
}

fn geodatabases() -> Vec<Kind> {
    let folder = |table: &[u8]| zipped(&[("a.gdb/a00000001.gdbtable", table), ("a.gdb/gdb", b"")]);
    let large = [&[3, 0, 0, 0][..], &[0xff; 28], &40_u64.to_le_bytes(), &noise(19, 4_000)].concat();
    vec![
        refused("geodatabase without sense", "g.zip", folder(&noise(5, 4_000)), PARTS),
        refused("geodatabase of as many rows as there can be", "g.zip", folder(&large), PARTS),
        refused(
            "geodatabase that is an empty folder",
            "g.zip",
            zipped(&[("a.gdb/gdb", b"x")]),
            "the part a00000001.gdbtable is missing",
        ),
    ]
}
