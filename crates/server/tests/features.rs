//! OGC API Features, tables and downloads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{checked, get, get_with, router_over, source};

fn link<'a>(document: &'a Value, rel: &str) -> Option<&'a str> {
    document["links"].as_array()?.iter().find(|link| link["rel"] == rel)?["href"].as_str()
}

#[tokio::test]
async fn the_root_is_a_page_for_browsers_and_a_document_for_programs() {
    let router = router_over(source());
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = get_with(&router, "/", &[("accept", browser)]).await;
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().to_lowercase().starts_with("<!doctype html>"));
    for accept in ["*/*", "application/json", "application/json,text/html;q=0.5"] {
        let document = get_with(&router, "/", &[("accept", accept)]).await;
        assert_eq!(document.header("content-type"), "application/json", "{accept}");
        let document = document.json();
        for rel in ["self", "service-desc", "conformance", "data"] {
            let href = link(&document, rel).unwrap_or_else(|| panic!("no link {rel}"));
            assert_eq!(get(&router, href).await.status, StatusCode::OK, "{href}");
        }
    }
}

#[tokio::test]
async fn collections_say_what_they_are() {
    let router = checked().await;
    let document = get(&router, "/collections").await.json();
    let ids: Vec<&str> =
        document["collections"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["zones", "plan", "communes", "findings", "slivers"]);
    assert_eq!(document["ranh"]["revision"], 3);
    assert_eq!(document["ranh"]["generated"], true);
    assert_eq!(document["ranh"]["check"]["stale"], false);
    let plan = get(&router, "/collections/plan").await.json();
    assert_eq!(plan["title"], "Lớp plan");
    assert_eq!(plan["ranh"]["role"], "land_use_plan");
    assert_eq!(plan["ranh"]["in_force"], true);
    assert_eq!(plan["ranh"]["count"], 2);
    assert_eq!(plan["storageCrs"], "http://www.opengis.net/def/crs/EPSG/0/9215");
    let bbox = &plan["extent"]["spatial"]["bbox"][0];
    let [west, south, east, north] = [0, 1, 2, 3].map(|i| bbox[i].as_f64().unwrap());
    // PROJ 9.5.1 with the seven parameters: corners (450000, 2378000) and (452000, 2379000). The other two corners
    // lie up to 0.00003° farther out, as the grid leans against the meridians.
    for (got, expected) in
        [west, south, east, north].into_iter().zip([106.769319, 21.496510, 106.788593, 21.505596])
    {
        assert!((got - expected).abs() < 6e-5, "{bbox}");
    }
}

#[tokio::test]
async fn items_come_in_pages_that_link_to_each_other() {
    let router = router_over(source());
    let first = get(&router, "/collections/plan/items?limit=1").await;
    assert_eq!(first.header("content-type"), "application/geo+json");
    let first = first.json();
    assert_eq!((&first["numberMatched"], &first["numberReturned"]), (&2.into(), &1.into()));
    assert_eq!(first["features"][0]["id"], "p1");
    assert_eq!(first["features"][0]["properties"]["code"], "LUC");
    assert!(link(&first, "prev").is_none());
    let second = get(&router, link(&first, "next").unwrap()).await.json();
    assert_eq!(second["features"][0]["id"], "p2");
    assert!(link(&second, "next").is_none());
    let back = get(&router, link(&second, "prev").unwrap()).await.json();
    assert_eq!(back["features"][0]["id"], "p1");
    let beyond = get(&router, "/collections/plan/items?offset=5").await.json();
    assert_eq!((&beyond["numberMatched"], &beyond["numberReturned"]), (&2.into(), &0.into()));
}

#[tokio::test]
async fn items_can_be_narrowed() {
    let router = router_over(source());
    let matched = async |query: &str| {
        let path = format!("/collections/plan/items?{query}");
        get(&router, &path).await.json()["numberMatched"].as_u64().unwrap()
    };
    assert_eq!(matched("code=SKK").await, 1);
    assert_eq!(matched("code=ODT").await, 0);
    assert_eq!(matched("bbox=106,21,107,22").await, 2);
    assert_eq!(matched("bbox=106,21,0,107,22,100").await, 2, "heights narrow nothing");
    assert_eq!(matched("bbox=10,10,11,11").await, 0);
    // The second parcel begins 1,000 m (0.00965°) east of 106.7693.
    assert_eq!(matched("bbox=106.785,21.49,106.80,21.51").await, 1);
    assert_eq!(
        matched("bbox=170,-10,110,60").await,
        2,
        "across the antimeridian, all the way round to 110° E"
    );
    assert_eq!(matched("datetime=2021-01-01T00:00:00Z/..").await, 2, "features have no time");
    assert_eq!(matched("limit=1000000").await, 2, "too large a page is lowered, not refused");
}

#[tokio::test]
async fn a_feature_is_found_by_its_id() {
    let router = checked().await;
    let zone = get(&router, "/collections/zones/items/z1").await.json();
    assert_eq!((&zone["type"], &zone["id"]), (&"Feature".into(), &"z1".into()));
    assert_eq!(link(&zone, "collection"), Some("http://localhost:8080/collections/zones"));
    let ring: Vec<[f64; 2]> =
        serde_json::from_value(zone["geometry"]["coordinates"][0].clone()).expect("a polygon");
    assert_eq!(ring.first(), ring.last());
    let doubled: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
    assert!(doubled > 0.0, "RFC 7946: outer rings run counter-clockwise");
    let digits = |v: f64| (v * 1e7 - (v * 1e7).round()).abs() < 1e-3;
    assert!(ring.iter().flatten().all(|v| digits(*v)), "{ring:?}");
}

#[tokio::test]
async fn tables_are_there() {
    let router = router_over(source());
    let codes = get(&router, "/codes").await.json();
    let luc = codes["codes"].as_array().unwrap().iter().find(|code| code["code"] == "LUC").unwrap();
    // The prescribed colour of LUC, from Circular 08/2024/TT-BTNMT's table: 255,252,140.
    assert_eq!(luc["rgb"], "#fffc8c");
    let kinds = get(&router, "/kinds").await.json();
    assert_eq!((kinds["kinds"].as_array().unwrap().len(), kinds["states"].as_array().unwrap().len()), (7, 9));
    let rules = get(&router, "/rules").await.json();
    let ids: Vec<&str> =
        rules["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let of_the_pack: Vec<&str> = planning::rules().unwrap().into_iter().map(|rule| rule.id).collect();
    assert_eq!(ids, of_the_pack);
    assert!(ids.contains(&"LUP-01") && ids.contains(&"ADM-05"));
}

#[tokio::test]
async fn exports_are_files() {
    let router = router_over(source());
    let geojson = get(&router, "/export/plan?crs=EPSG:9215").await;
    assert_eq!(geojson.header("content-disposition"), "attachment; filename=\"plan.geojson\"");
    let document = geojson.json();
    assert_eq!(document["features"].as_array().unwrap().len(), 2);
    assert_eq!(document["features"][0]["geometry"]["coordinates"][0][0][0], 450_000.0);
    let table = get(&router, "/export/plan?format=csv&crs=EPSG:9215").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.text().lines().next().unwrap().ends_with(",wkt"), "{}", table.text());
    // No worker stands beside a test.
    let shapefile = get(&router, "/export/plan?format=shapefile").await;
    assert_eq!(shapefile.status, StatusCode::NOT_IMPLEMENTED);
    assert!(shapefile.text().contains("ranh-gdal"), "{}", shapefile.text());
    let sequence = get(&router, "/export/plan?format=geojsonseq").await;
    assert_eq!(sequence.header("content-type"), "application/geo+json-seq");
    let records = sequence.text().split('\u{1e}').filter(|record| !record.trim().is_empty()).count();
    assert!(records >= 2, "{records}");
    let table = get(&router, "/export/plan?format=flatgeobuf&crs=EPSG:9215").await;
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"plan.fgb\"");
    assert!(table.bytes.starts_with(b"fgb\x03fgb"), "{:?}", table.bytes.get(..8));
}

/// The files of an archive, by their names.
fn unzipped(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = std::collections::BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    files
}

#[tokio::test]
async fn a_collection_is_handed_on_with_what_is_known_of_it() {
    let router = router_over(source());
    let archive = get(&router, "/export/plan?crs=EPSG:9215&metadata=true&lang=en").await;
    assert_eq!(archive.header("content-type"), "application/zip");
    assert_eq!(archive.header("content-disposition"), "attachment; filename=\"plan.geojson.zip\"");
    let files = unzipped(&archive.bytes);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["plan.geojson", "plan.metadata.txt"]);
    assert_eq!(files["plan.geojson"], get(&router, "/export/plan?crs=EPSG:9215").await.text());
    // The parameters as Circular 973/2001/TT-TCĐC publishes them.
    let said = &files["plan.metadata.txt"];
    assert!(said.contains("EPSG:9215") && said.contains("dX = -191.90441429 m"), "{said}");
    for (format, sheets) in [("xlsx", 2), ("coordinates-xlsx", 3)] {
        let book = get(&router, &format!("/export/plan?crs=EPSG:9215&format={format}")).await;
        assert_eq!(book.header("content-disposition"), "attachment; filename=\"plan.xlsx\"");
        let files = unzipped(&book.bytes);
        assert_eq!(files["xl/workbook.xml"].matches("<sheet ").count(), sheets, "{format}");
    }
    let table = get(&router, "/export/plan?crs=EPSG:9215&format=coordinates-csv&metadata=true").await;
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"plan.csv.zip\"");
    let files = unzipped(&table.bytes);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["plan.csv", "plan.metadata.txt"]);
    let plain = get(&router, "/export/plan?crs=EPSG:9215&format=coordinates-csv").await;
    assert_eq!(
        (plain.header("content-type"), plain.text()),
        ("text/csv; charset=utf-8", files["plan.csv"].clone())
    );
    assert!(plain.text().starts_with("\u{feff}BẢNG KÊ TỌA ĐỘ;"), "{}", plain.text());
    let degrees = get(&router, "/export/plan?format=coordinates-xlsx").await;
    assert_eq!(degrees.status, StatusCode::BAD_REQUEST);
    assert!(degrees.text().contains("coordinate lists are in metres"), "{}", degrees.text());
}

#[tokio::test]
async fn what_an_export_cannot_carry_is_told_before_and_with_it() {
    let router = router_over(source());
    let asked = "format=csv&crs=EPSG:9215";
    let notes = get(&router, &format!("/export/plan/notes?{asked}")).await.json();
    // A table of texts has no place for a CRS.
    let [note] = notes["notes"].as_array().unwrap().as_slice() else { panic!("{notes}") };
    assert!(note["en"].as_str().unwrap().contains("no place for the CRS: it is EPSG:9215"), "{note}");
    assert!(note["vi"].as_str().unwrap().contains("không ghi được hệ tọa độ: đó là EPSG:9215"), "{note}");
    let table = get(&router, &format!("/export/plan?{asked}")).await;
    let link = "/export/plan/notes?format=csv&crs=EPSG%3A9215>; rel=\"describedby\"";
    assert!(table.header("link").contains(link), "{}", table.header("link"));
    assert!(!table.headers.contains_key("ranh-notes"), "it is known when the table is sent");
    let archive = get(&router, &format!("/export/plan?{asked}&metadata=true&lang=en")).await;
    assert_eq!(archive.header("ranh-notes"), "1");
    let said = &unzipped(&archive.bytes)["plan.metadata.txt"];
    assert!(said.contains("Note: the format has no place for the CRS: it is EPSG:9215"), "{said}");
    let whole = get(&router, "/export/plan/notes?crs=EPSG:9215").await.json();
    assert_eq!(whole, json!({"notes": []}), "GeoJSON carries everything");
    let codes = get(&router, "/export/plan?codes=level,code%0A1,LUC").await;
    assert_eq!(codes.status, StatusCode::BAD_REQUEST);
    assert!(codes.text().contains("are for drawings"), "{}", codes.text());
}

#[tokio::test]
async fn search_needs_no_marks() {
    let router = router_over(source());
    for (query, id) in
        [("suoi%20da", "z1"), ("KCN+SU%E1%BB%90I", "z1"), ("dong%20banh", "00001"), ("LUC", "LUC")]
    {
        let found = get(&router, &format!("/search?q={query}")).await.json();
        assert_eq!(found["results"][0]["id"], id, "{query}: {found}");
    }
    let nothing = get(&router, "/search?q=khongco").await.json();
    assert_eq!(nothing["results"].as_array().unwrap().len(), 0);
}

/// Every route but those that each collection has to itself.
const ROUTES: [&str; 77] = [
    "delete /collections/{collection}/items/{feature}",
    "delete /jobs/{job}",
    "get /",
    "get /api",
    "get /check/changes",
    "get /codes",
    "get /collections",
    "get /collections/{collection}",
    "get /collections/{collection}/items",
    "get /collections/{collection}/items/{feature}",
    "get /collections/{collection}/items/{feature}/history",
    "get /collections/{collection}/queryables",
    "get /collections/{collection}/schema",
    "get /collections/{collection}/tiles",
    "get /collections/{collection}/tiles/{tileMatrixSet}",
    "get /collections/{collection}/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}",
    "get /conformance",
    "get /edges",
    "get /export/{collection}",
    "get /export/{collection}/notes",
    "get /findings",
    "get /findings.csv",
    "get /findings.geojson",
    "get /findings/{finding}",
    "get /findings/{finding}/explanation",
    "get /findings/{finding}/history",
    "get /formats",
    "get /health",
    "get /healthz",
    "get /jobs",
    "get /jobs/{job}",
    "get /jobs/{job}/results",
    "get /kinds",
    "get /legend",
    "get /metrics",
    "get /pick",
    "get /processes",
    "get /processes/{process}",
    "get /provinces",
    "get /ranh.qgs",
    "get /readyz",
    "get /register/documents",
    "get /register/statistics",
    "get /register/zones",
    "get /register/zones/{zone}",
    "get /registers",
    "get /registers/{register}",
    "get /registers/{register}/clusters.xlsx",
    "get /registers/{register}/zones/{zone}/versions",
    "get /report-forms",
    "get /rules",
    "get /search",
    "get /style",
    "get /tileMatrixSets",
    "get /tileMatrixSets/{tileMatrixSet}",
    "get /tiles/{collection}",
    "get /tiles/{collection}/{z}/{x}/{y}",
    "get /zones",
    "get /zones.csv",
    "get /zones.xlsx",
    "get /zones/land",
    "get /zones/land.csv",
    "get /zones/land.xlsx",
    "get /zones/units",
    "get /zones/units.csv",
    "get /zones/units.xlsx",
    "get /zones/{zone}/summary",
    "options /collections/{collection}/items",
    "options /collections/{collection}/items/{feature}",
    "patch /collections/{collection}/items/{feature}",
    "post /check",
    "post /collections/{collection}/items",
    "post /decisions",
    "post /processes/{process}/execution",
    "post /registers/{register}/figures",
    "post /transactions",
    "put /collections/{collection}/items/{feature}",
];

#[tokio::test]
async fn every_route_is_described() {
    let router = router_over(source());
    let answer = get(&router, "/api").await;
    assert_eq!(answer.header("content-type"), "application/vnd.oai.openapi+json;version=3.1");
    let api = answer.json();
    assert_eq!(api["openapi"], "3.1.0");
    // Each collection has paths of its own besides; `documents.rs` looks at them.
    let own = |path: &str| path.starts_with("/collections/") && !path.starts_with("/collections/{");
    let mut described: Vec<String> = api["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, _)| !own(path))
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
        })
        .collect();
    described.sort();
    assert_eq!(described, ROUTES);
    for (path, item) in api["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let done = operation["responses"].as_object().unwrap().keys().any(|code| code.starts_with('2'));
            assert!(done, "{path}");
        }
    }
}
