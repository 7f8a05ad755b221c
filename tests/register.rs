//! The register on the command line and on the wire: what public reports say goes in, is judged, comes out as files
//! and is served.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod journey;

use journey::{Served, TempStore, json, ranh};
use serde_json::{Value, json};

/// A store with what public reports say.
fn reports() -> TempStore {
    let store = TempStore::new();
    let out = ranh(&["register", "import", "--reports", "--store", store.path()], 0);
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(said.lines().count(), 6);
    assert!(said.contains("lang-son: 3 zones, 3 totals without names, 1 documents; revision 5"), "{said}");
    store
}

#[test]
fn reports_are_judged_on_a_day() {
    let store = reports();
    let rules = "PLN-01,PLN-03,ZON-08,ZON-11";
    let check =
        ["check", "--store", store.path(), "--date", "2021-12-31", "--rules", rules, "--format", "json"];
    let answer = json(&ranh(&check, 1).stdout);
    let found: Vec<(&str, &str)> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["rule"].as_str().unwrap(), finding["severity"].as_str().unwrap()))
        .collect();
    // Lai Châu's parks; Lào Cai's two zones and Hữu Lũng, which are in no plan; Tuyên Quang's fill rate.
    assert_eq!(found, [("PLN-03", "E"), ("PLN-01", "W"), ("PLN-01", "W"), ("PLN-01", "W"), ("ZON-08", "W")]);
    assert_eq!(answer["check"]["date"], "2021-12-31");
}

#[test]
fn a_register_goes_out_as_a_table_and_comes_back() {
    let store = reports();
    let (table, whole) = (store.beside("lang-son.csv"), store.beside("lang-son.toml"));
    for file in [&table, &whole] {
        ranh(&["register", "export", "lang-son", "--store", store.path(), "--out", file], 0);
    }
    assert!(std::fs::read_to_string(&table).unwrap().contains("trên 321"));
    let back = ranh(&["register", "import", &table, "--register", "lang-son", "--store", store.path()], 0);
    let said = String::from_utf8(back.stdout).unwrap();
    assert!(said.contains("0 added, 0 changed, 3 as they were"), "{said}");
    let sheet = store.beside("lang-son.xlsx");
    ranh(&["register", "export", "lang-son", "--store", store.path(), "--out", &sheet], 0);
    let bytes = std::fs::read(&sheet).unwrap();
    ranh(&["register", "export", "lang-son", "--store", store.path(), "--out", &sheet], 0);
    assert!(bytes == std::fs::read(&sheet).unwrap(), "the same register gives the same bytes");
    let back = ranh(&["register", "import", &sheet, "--register", "lang-son", "--store", store.path()], 0);
    let said = String::from_utf8(back.stdout).unwrap();
    assert!(said.contains("0 added, 0 changed, 3 as they were"), "{said}");
    let other = TempStore::new();
    ranh(&["register", "import", &whole, "--store", other.path()], 0);
    let show = |path: &str| {
        json(&ranh(&["register", "show", "--register", "lang-son", "--json", "--store", path], 0).stdout)
    };
    assert_eq!(show(other.path()), show(store.path()));
    ranh(&["register", "export", "nowhere", "--store", store.path(), "--out", &whole], 2);
    ranh(&["register", "import", &store.beside("none.csv"), "--store", store.path()], 2);
}

#[test]
fn statistics_are_shown_in_both_languages() {
    let store = reports();
    let show = |language: &str| {
        let out = ranh(&["register", "show", "--store", store.path(), "--lang", language], 0);
        String::from_utf8(out.stdout).unwrap()
    };
    let vi = show("vi");
    assert!(
        vi.lines().any(|line| line.starts_with("Cả nước CCN: ")
            && line.contains("(theo số lượng 56,8 %, theo diện tích 53,2 %)")),
        "{vi}"
    );
    assert!(vi.contains("51,6 % | 55,46 %"));
    assert!(show("en").contains("Viet Nam CCN: "));
}

#[test]
fn zones_documents_and_statistics_are_served() {
    let store = reports();
    ranh(&["check", "--store", store.path(), "--date", "2021-12-31"], 1);
    let served = Served::start(store.path());
    let zones = served.json("/register/zones?province=lang%20son&limit=2");
    assert_eq!((zones["numberMatched"].clone(), zones["numberReturned"].clone()), (json!(3), json!(2)));
    let first = &zones["zones"][0];
    assert_eq!(
        (&first["name"], &first["state"], &first["feature"]),
        (&json!("Khu công nghiệp Đồng Bành"), &json!("in_plan"), &Value::Null)
    );
    assert_eq!(first["total_ha"], json!({"value": 321.0, "qualifier": "more_than"}));
    assert_eq!(served.json("/register/zones?kind=KKTCK")["zones"][0]["id"], "lao-cai-kktck");
    assert_eq!(served.json("/register/zones?q=huu+lung&state=in_plan")["numberMatched"], 0);

    let zone = served.json("/register/zones/lang-son-kcn-huu-lung");
    assert_eq!(
        (&zone["findings"][0]["rule"], zone["documents"].as_array().unwrap().len()),
        (&json!("PLN-01"), 1)
    );
    assert_eq!(zone["record"]["mention"][0]["document"], "004");

    let nation = served.json("/register/statistics?register=nation&date=2021");
    let line = &nation["lines"][0];
    assert_eq!(
        (line["province"].clone(), line["kind"].clone(), line["reported"].as_array().unwrap().len()),
        (Value::Null, json!("CCN"), 2)
    );
    assert!((line["established_count_percent"].as_f64().unwrap() - 56.807_511_737).abs() < 1e-8);

    let documents = served.json("/register/documents?register=lai-chau");
    let report = &documents["documents"][0];
    assert_eq!((&report["decided"], &report["published"]), (&json!("2021-02-23"), &json!("2021-02-25")));

    for (path, status) in [
        ("/register/zones?register=none", 404),
        ("/register/zones/none", 404),
        ("/register/zones?kind=KCC", 400),
        ("/register/zones?colour=red", 400),
        ("/register/statistics?date=yesterday", 400),
    ] {
        assert_eq!(served.request(path).0, status, "{path}");
    }
}

#[test]
fn tables_of_units_are_taken_in_from_the_command_line() {
    let store = TempStore::new();
    let (merges, before) = (store.beside("merges.json"), store.beside("before.csv"));
    let table = "commune_code,commune,district_code,district,province_code,province\n1,Xã A,1,Huyện B,1,Tỉnh C\n2,Xã Cũ,1,Huyện B,1,Tỉnh C\n";
    std::fs::write(&before, table).unwrap();
    let old = json!([{"old_id": "1", "name": "Xã A", "type": "partial"}]);
    let new = json!([{"level2_id": "1", "name": "Xã D", "merges": old}]);
    let document = json!({"data": [{"level1_id": "1", "name": "Tỉnh C", "merges": [{"old_id": "1", "name": "Tỉnh C"}], "level2s": new}]});
    std::fs::write(&merges, document.to_string()).unwrap();
    let out = ranh(&["import-units", "--merges", &merges, "--before", &before, "--store", store.path()], 0);
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(
        said,
        "1 provinces, 1 districts and 2 communes before, 1 provinces and 1 communes now; revision 1\n"
    );
    assert!(String::from_utf8(out.stderr).unwrap().contains("1 communes of the table have no successor"));
    std::fs::write(&merges, "{}").unwrap();
    ranh(&["import-units", "--merges", &merges, "--before", &before, "--store", store.path()], 2);
}
