//! Files of the formats that GDAL reads: text and drawings.

use crate::good::{Good, archive};
use crate::kind::{DAMAGED, Kind, PARTS, noise, patched, refused, taken, zipped};
use crate::trap::Trap;

const KML: &str = "<kml xmlns=\"http://www.opengis.net/kml/2.2\">";
/// What is told of XML with entities of its own.
const ENTITIES: &str = "declares entities of XML (<!ENTITY), which are not read";
/// What is told of a table of MapInfo's whose records stand elsewhere.
const TABLE: &str = "the part t.dat is missing: a MapInfo TAB is several files";
const POINT: &str = "<Placemark><name>a</name><Point><coordinates>106,21</coordinates></Point></Placemark>";

/// Every kind.
pub(crate) fn all(trap: &Trap, good: &Good) -> Vec<Kind> {
    let mut kinds = virtual_sources(trap);
    kinds.extend(entities(trap));
    kinds.extend(markup(trap));
    kinds.extend(gml(trap));
    kinds.extend(tables(trap));
    kinds.extend(mapinfo(trap, good));
    kinds.extend(drawings(trap, good));
    kinds
}

/// Sources that are descriptions of others.
fn virtual_sources(trap: &Trap) -> Vec<Kind> {
    let vrt = |source: &str, word: &str| {
        format!(
            "<OGRVRTDataSource><!-- {word} --><OGRVRTLayer name=\"s\"><SrcDataSource>{source}</SrcDataSource>\
             <SrcSQL>SELECT * FROM s</SrcSQL></OGRVRTLayer></OGRVRTDataSource>"
        )
    };
    let (file, url) = (trap.path("s.geojson"), trap.url());
    vec![
        refused("VRT of a file", "v.vrt", vrt(&file, ""), "it looks like XML"),
        refused("VRT that calls itself GeoJSON", "v.geojson", vrt(&file, ""), "it looks like XML"),
        refused("VRT that calls itself GML", "v.gml", vrt(&format!("/vsicurl/{url}/a.gml"), "gml"), PARTS),
        refused("VRT that calls itself KML", "v.kml", vrt(&format!("/vsizip/{file}"), "<kml"), PARTS),
        taken("VRT that calls itself CSV", "v.csv", vrt(&file, ""), ""),
        refused(
            "VRT beside a good file",
            "v.zip",
            zipped(&[("a.vrt", vrt(&file, "").as_bytes()), ("b.txt", b"b")]),
            "it looks like XML",
        ),
        refused(
            "description of a WFS",
            "w.gml",
            format!("<OGRWFSDataSource><!-- gml --><URL>{url}</URL></OGRWFSDataSource>"),
            PARTS,
        ),
        refused(
            "capabilities of a WFS",
            "w.gml",
            format!(
                "<wfs:WFS_Capabilities xmlns:wfs=\"http://www.opengis.net/wfs\" xmlns:gml=\"g\"><Get onlineResource=\"{url}\"/></wfs:WFS_Capabilities>"
            ),
            PARTS,
        ),
        refused(
            "description of a GML application schema",
            "w.gml",
            format!("<GMLAS><!-- gml --><OpenOptions><XSD>{url}/a.xsd</XSD></OpenOptions></GMLAS>"),
            PARTS,
        ),
    ]
}

fn kml(head: &str, body: &str) -> String {
    format!("<?xml version=\"1.0\"?>{head}{KML}<Document>{body}</Document></kml>")
}

/// XML as such.
fn entities(trap: &Trap) -> Vec<Kind> {
    let (file, url) = (trap.path("s.txt"), trap.url());
    let named = POINT.replace("<name>a<", "<name>&e;<");
    let external = format!("<!DOCTYPE kml [<!ENTITY e SYSTEM \"file://{file}\">]>");
    let fetched = format!("<!DOCTYPE kml [<!ENTITY e SYSTEM \"{url}/e\">]>");
    let parameter = format!("<!DOCTYPE kml [<!ENTITY % p SYSTEM \"{url}/p.dtd\"> %p;]>");
    let outside = format!("<!DOCTYPE kml SYSTEM \"file://{}\">", trap.path("s.xsd"));
    let mut laughs = String::from("<!DOCTYPE kml [<!ENTITY a0 \"aaaaaaaaaa\">");
    for at in 1..12 {
        laughs += &format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10));
    }
    laughs += "<!ENTITY e \"&a11;\">]>";
    let square = format!("<!DOCTYPE kml [<!ENTITY e \"{}\">]>", "a".repeat(1 << 20));
    vec![
        refused("entity that is a file", "x.kml", kml(&external, &named), ENTITIES),
        refused("entity that is an address", "x.kml", kml(&fetched, &named), ENTITIES),
        refused("entity of the declaration that is an address", "x.kml", kml(&parameter, POINT), ENTITIES),
        taken("declaration that is a file", "x.kml", kml(&outside, POINT), ""),
        refused("entities that multiply", "x.kml", kml(&laughs, &named), ENTITIES),
        refused(
            "large entity a hundred times",
            "x.kml",
            kml(&square, &named.repeat(100)),
            "it looks like XML",
        ),
    ]
}

/// KML.
fn markup(trap: &Trap) -> Vec<Kind> {
    let (file, url) = (trap.path("s.txt"), trap.url());
    let corners = "106.1,21.2 ".repeat(400_000);
    let many: String = POINT.repeat(40_000);
    let linked = |what: &str| kml("", &format!("{what}{POINT}"));
    vec![
        taken(
            "KML that links to the network",
            "x.kml",
            linked(&format!("<NetworkLink><Link><href>{url}/a.kml</href></Link></NetworkLink>")),
            "",
        ),
        taken(
            "KML that links to a file",
            "x.kml",
            linked(&format!("<NetworkLink><Link><href>file://{file}</href></Link></NetworkLink>")),
            "",
        ),
        taken(
            "KML with pictures elsewhere",
            "x.kml",
            linked(&format!(
                "<Style id=\"s\"><IconStyle><Icon><href>{url}/i.png</href></Icon></IconStyle></Style><GroundOverlay><Icon><href>{url}/o.png</href></Icon></GroundOverlay>"
            )),
            "",
        ),
        taken(
            "KML with a schema elsewhere",
            "x.kml",
            linked(&format!(
                "<Schema name=\"s\" id=\"s\" parent=\"{url}\"><SimpleField name=\"a\" type=\"string\"/></Schema>"
            )),
            "",
        ),
        refused(
            "KML of 200,000 folders in each other",
            "x.kml",
            format!("{KML}{}", "<Folder>".repeat(200_000)),
            PARTS,
        ),
        taken(
            "KML with a line of 400,000 corners",
            "x.kml",
            linked(&format!(
                "<Placemark><LineString><coordinates>{corners}</coordinates></LineString></Placemark>"
            )),
            "",
        ),
        taken("KML with 40,000 places", "x.kml", linked(&many), ""),
        taken("KMZ whose document leads up", "x.kmz", zipped(&[("../doc.kml", linked("").as_bytes())]), ""),
        taken(
            "KMZ that links to files beside it",
            "x.kmz",
            zipped(&[(
                "doc.kml",
                linked("<NetworkLink><Link><href>../../../../../etc/passwd</href></Link></NetworkLink>")
                    .as_bytes(),
            )]),
            "features 1,",
        ),
    ]
}

fn collection(head: &str, attributes: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>{head}<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" xmlns:gml=\
         \"http://www.opengis.net/gml\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:xsi=\
         \"http://www.w3.org/2001/XMLSchema-instance\" {attributes}><gml:featureMember><ogr:a><ogr:t>t</ogr:t>{inside}\
         </ogr:a></gml:featureMember></ogr:FeatureCollection>"
    )
}

/// A schema that includes one at an address and one in a file.
fn including(url: &str, file: &str) -> String {
    format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include schemaLocation=\"{url}/i.xsd\"/>\
         <xs:import namespace=\"a\" schemaLocation=\"file://{file}\"/></xs:schema>"
    )
}

/// GML.
fn gml(trap: &Trap) -> Vec<Kind> {
    let (file, url) = (trap.path("s.xsd"), trap.url());
    let geometry = "<ogr:g><gml:Point><gml:coordinates>106,21</gml:coordinates></gml:Point></ogr:g>";
    let located =
        |at: &str| collection("", &format!("xsi:schemaLocation=\"http://ogr.maptools.org/ {at}\""), geometry);
    let entity = format!("<!DOCTYPE a [<!ENTITY e SYSTEM \"file://{file}\">]>");
    let place = |crs: &str| geometry.replacen("Point", &format!("Point srsName=\"{crs}\""), 1);
    let named = |crs: &str| collection("", "", &place(crs));
    let deep = "<gml:MultiGeometry><gml:geometryMember>".repeat(50_000);
    vec![
        taken("GML with a schema at an address", "g.gml", located(&format!("{url}/a.xsd")), ""),
        taken("GML with a schema in a file", "g.gml", located(&file), ""),
        taken("GML with a schema that leads up", "g.gml", located("../../../../../../../etc/passwd"), ""),
        taken(
            "GML with a schema that GDAL would fetch",
            "g.gml",
            located(&format!("/vsicurl/{url}/a.xsd")),
            "",
        ),
        taken(
            "GML whose schema includes others",
            "g.zip",
            zipped(&[
                ("a.gml", collection("", "", geometry).as_bytes()),
                ("a.xsd", including(&url, &file).as_bytes()),
            ]),
            "",
        ),
        taken(
            "GML whose geometry is elsewhere",
            "g.gml",
            collection("", "", &format!("{geometry}<ogr:h xlink:href=\"{url}/b.gml#c\"/>")),
            "",
        ),
        taken(
            "GML whose geometry is in a file",
            "g.gml",
            collection("", "", &format!("{geometry}<ogr:h xlink:href=\"file://{file}#c\"/>")),
            "",
        ),
        taken(
            "GML whose text is a file",
            "g.gml",
            collection(&entity, "", &format!("<ogr:u>&e;</ogr:u>{geometry}")),
            "",
        ),
        taken("GML whose CRS is an address", "g.gml", named(&format!("{url}/crs")), ""),
        taken("GML whose CRS is a file", "g.gml", named(&trap.path("s.txt")), ""),
        refused(
            "GML of 50,000 geometries in each other",
            "g.gml",
            collection("", "", &format!("<ogr:g>{deep}")),
            DAMAGED,
        ),
        refused(
            "GML without an end",
            "g.gml",
            "<gml:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml\">".to_owned()
                + &"<gml:featureMember>".repeat(100_000),
            DAMAGED,
        ),
    ]
}

/// CSV and the text beside Shapefiles.
fn tables(trap: &Trap) -> Vec<Kind> {
    let (file, url) = (trap.path("s.csv"), trap.url());
    let deep = format!("{}POINT(106 21){}", "GEOMETRYCOLLECTION(".repeat(20_000), ")".repeat(20_000));
    let beside =
        |name: &str, text: &str| zipped(&[("a.csv", b"wkt,ten\nPOINT(106 21),a\n"), (name, text.as_bytes())]);
    vec![
        taken("formula", "c.csv", "wkt,ten\nPOINT(106 21),=cmd|' /C calc'!A0\n", ""),
        refused("CSV of one open quote", "c.csv", "\"".repeat(4 << 20), PARTS),
        taken("CSV of 100,000 columns", "c.csv", ["a"; 100_000].join(","), ""),
        refused(
            "CSV whose geometry is nested 20,000 times",
            "c.csv",
            format!("wkt,ten\n\"{deep}\",a\n"),
            "wkt with well-known text",
        ),
        refused(
            "CSV whose numbers are none",
            "c.csv",
            "wkt,ten\nPOINT(1e999 nan),a\nPOINT(inf -inf),b\n",
            "give its columns the names x and y (easting, northing) with numbers in them",
        ),
        refused(
            "CSV whose geometry is a file",
            "c.csv",
            format!("wkt,ten\n{file},a\n@{file},b\n"),
            "give its columns the names x and y (easting, northing) with numbers in them",
        ),
        taken(
            "CSV with types that there are not",
            "c.zip",
            beside("a.csvt", &format!("\"{file}\",\"WKT({url})\",Integer(2147483647)")),
            "",
        ),
        taken("CSV with a CRS that is an address", "c.zip", beside("a.prj", &format!("{url}/a.prj")), ""),
        taken("CSV with a CRS that is a file", "c.zip", beside("a.prj", &trap.path("s.txt")), ""),
        taken(
            "CSV with a CRS that reads a file of PROJ",
            "c.zip",
            beside("a.prj", &format!("+init={file}:1")),
            "",
        ),
    ]
}

/// MapInfo's tables, which may name other files.
fn mapinfo(trap: &Trap, good: &Good) -> Vec<Kind> {
    let tab = |lines: &str| format!("!table\n!version 300\n!charset Neutral\n\n{lines}\n");
    let native = |file: &str| {
        tab(&format!(
            "Definition Table\n  File \"{file}\"\n  Type NATIVE Charset \"Neutral\"\n  Fields 1\n    a Char (9) ;"
        ))
    };
    let file = trap.path("s.tab");
    let view =
        format!("Open Table \"{file}\" As s Hide\n\ncreate view v as\nSelect * from s, t where s.id = t.id");
    let seamless = format!(
        "Definition Table\n  File \"{file}\"\n  Type NATIVE Charset \"Neutral\"\n  Fields 2\n    Table Char (254) ;\n    Description Char (9) ;\nbegin_metadata\n\"\\IsSeamless\" = \"TRUE\"\nend_metadata"
    );
    let many = "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nColumns 2000000000\n  a Char(9)\nData\n\n";
    let region = "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nColumns 1\n  a Char(9)\nData\n\nRegion 2000000000\n  2000000000\n106 21\n";
    let parts = good.parts(&["tab", "dat", "map", "id"]);
    vec![
        refused("table that is another file", "t.tab", native(&file), TABLE),
        refused("table that is a path upwards", "t.tab", native("../../../../etc/passwd"), TABLE),
        refused("table that is an address", "t.tab", native(&format!("/vsicurl/{}/t", trap.url())), TABLE),
        refused("view of other tables", "t.tab", tab(&view), TABLE),
        refused("tables side by side", "t.tab", tab(&seamless), TABLE),
        refused(
            "table of a database",
            "t.tab",
            tab(&format!(
                "Definition Table\n  File \"{file}\"\n  Type LINKED Charset \"Neutral\"\n  Fields 1\n    a Char (9) ;\nbegin_metadata\n\"\\DATALINK\\ConnectionString\" = \"DSN={}\"\nend_metadata",
                trap.url()
            )),
            TABLE,
        ),
        taken(
            "charset that there is not",
            "t.zip",
            archive(&parts, "tab", |bytes| patched(bytes, b"UTF-8", b"../..")),
            "",
        ),
        refused("MIF of two thousand million columns", "t.mif", many, PARTS),
        refused(
            "MIF with a region of as many parts",
            "t.zip",
            zipped(&[("t.mif", region.as_bytes()), ("t.mid", b"\"a\"\n")]),
            DAMAGED,
        ),
        taken("MIF without its texts", "t.mif", good.bytes("good.mif"), ""),
    ]
}

/// DXF, DGN and what looks like them.
fn drawings(trap: &Trap, good: &Good) -> Vec<Kind> {
    let dxf = |blocks: &str, entities: &str| {
        format!(
            "  0\nSECTION\n  2\nHEADER\n  9\n$ACADVER\n  1\nAC1015\n  0\nENDSEC\n  0\nSECTION\n  2\nBLOCKS\n{blocks}  0\nENDSEC\n  0\nSECTION\n  2\nENTITIES\n{entities}  0\nENDSEC\n  0\nEOF\n"
        )
    };
    let block = |name: &str, more: &str, inside: &str| {
        format!("  0\nBLOCK\n  8\n0\n  2\n{name}\n 70\n0\n 10\n0\n 20\n0\n{more}{inside}  0\nENDBLK\n")
    };
    let insert = |name: &str| format!("  0\nINSERT\n  8\n0\n  2\n{name}\n 10\n0\n 20\n0\n");
    let line = "  0\nLINE\n  8\n0\n 10\n106\n 20\n21\n 11\n107\n 21\n22\n";
    let mut growing = block("b0", "", line);
    for at in 1..9 {
        growing += &block(&format!("b{at}"), "", &insert(&format!("b{}", at - 1)).repeat(10));
    }
    let path = format!("  1\n{}\n", trap.path("s.tab"));
    let polyline =
        format!("  0\nLWPOLYLINE\n  8\n0\n 90\n2147483647\n 70\n1\n{}", " 10\n106\n 20\n21\n".repeat(3));
    let spline = " 40\n0\n".repeat(20);
    let spline = format!(
        "  0\nSPLINE\n  8\n0\n 70\n8\n 71\n1000000\n 72\n2000000\n 73\n1000000\n{spline} 10\n1\n 20\n1\n"
    );
    let image = format!("  0\nIMAGE\n  8\n0\n 10\n0\n 20\n0\n340\n1\n{line}");
    let dgn = good.bytes("good.dgn");
    let mut long = dgn.clone();
    // The words of the second element: its length in words of two bytes.
    let second = 4 + 2 * usize::from(u16::from_le_bytes([dgn[2], dgn[3]]));
    long[second + 2..second + 4].copy_from_slice(&[0xff, 0xff]);
    vec![
        taken(
            "drawing with another drawing in it",
            "d.dxf",
            dxf(&block("x", &format!(" 70\n4\n{path}"), ""), &format!("{}{line}", insert("x"))),
            "",
        ),
        taken("drawing with a picture elsewhere", "d.dxf", dxf("", &image), ""),
        taken("block in itself", "d.dxf", dxf(&block("x", "", &insert("x")), &insert("x")), ""),
        refused("blocks that multiply", "d.dxf", dxf(&growing, &insert("b8")), "save it in another format"),
        taken("line that says it has 2,147,483,647 corners", "d.dxf", dxf("", &polyline), ""),
        refused("curve of degree one million", "d.dxf", dxf("", &spline), DAMAGED),
        refused("drawing of one number", "d.dxf", format!("  0\n{}\n", "9".repeat(8 << 20)), PARTS),
        taken("DGN element longer than the file", "d.dgn", long, ""),
        refused(
            "DGN of version 8",
            "v8.dgn",
            [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &noise(3, 4_000)].concat(),
            "it looks like a MicroStation drawing of version 8 (DGN) or an old Office document",
        ),
        taken(
            "DGN without an end",
            "d.dgn",
            [b"\x08\x09\xfe\x02".as_slice(), &noise(5, 20_000)].concat(),
            "",
        ),
        refused(
            "DWG",
            "d.dwg",
            [b"AC1032\0\0\0\0".as_slice(), &noise(9, 4_000)].concat(),
            "it looks like an AutoCAD drawing (DWG)",
        ),
    ]
}
