//! ZON-05 and ZON-06.

use planning::{CheckOutcome, Severity};
use serde_json::{Value, json};

use crate::drawing::*;

/// A zone 1,000 m wide of so many hectares.
pub(crate) fn sized(kind: &str, hectares: f64, more: Value) -> CheckOutcome {
    judge(vec![zones(vec![zone("Z-1", kind, [0.0, 0.0, 1000.0, hectares * 10.0], more)])])
}

#[test]
fn clusters_end_at_75_hectares_but_for_half_a_per_cent() {
    // 75 ha + 0.5 % = 75.375 ha.
    let found = only(&sized("CCN", 75.38, json!({})), "ZON-05");
    assert_eq!(found.severity, Severity::Block);
    assert_eq!(found.message.vi, "Khu Z-1: đo 75,38 ha, vượt 75,00 ha (dung sai 0,50 %)");
    assert!(findings(&sized("CCN", 75.37, json!({})), "ZON-05").is_empty());
    assert_eq!(findings(&sized("CCNLN", 80.0, json!({})), "ZON-05").len(), 1);
    assert!(findings(&sized("KCN", 300.0, json!({})), "ZON-05").is_empty());
}

#[test]
fn clusters_begin_at_10_hectares_and_at_5_in_the_mountains() {
    // 10 ha − 0.5 % = 9.95 ha; 5 ha − 0.5 % = 4.975 ha.
    let plain = |hectares: f64| severities(&sized("CCN", hectares, json!({"mountainous": false})), "ZON-06");
    assert_eq!((plain(9.94), plain(9.95)), (vec![Severity::Error], vec![]));
    let high = |hectares: f64| severities(&sized("CCN", hectares, json!({"mountainous": true})), "ZON-06");
    assert_eq!((high(4.97), high(4.98)), (vec![Severity::Error], vec![]));
    let craft = |hectares: f64| severities(&sized("CCNLN", hectares, json!({})), "ZON-06");
    assert_eq!((craft(4.97), craft(4.98)), (vec![Severity::Error], vec![]));
    assert!(findings(&sized("KCN", 2.0, json!({})), "ZON-06").is_empty());
}

#[test]
fn where_nothing_tells_of_mountains_a_size_between_is_a_doubt() {
    let unknown = |hectares: f64| severities(&sized("CCN", hectares, json!({})), "ZON-06");
    assert_eq!((unknown(7.0), unknown(4.9)), (vec![Severity::Warning], vec![Severity::Error]));
    let message = only(&sized("CCN", 7.0, json!({})), "ZON-06").message.vi;
    assert!(message.ends_with("nếu không thuộc miền núi"), "{message}");
    // The commune that holds most of it tells.
    let mut high = commune("00001", "A", [0.0, 0.0, 900.0, 1000.0]);
    high.properties.insert("mountainous".into(), json!(true));
    let low = commune("00002", "B", [900.0, 0.0, 900.0, 1000.0]);
    let cluster = zone("Z-1", "CCN", [0.0, 0.0, 1000.0, 70.0], json!({}));
    let outcome = judge(vec![zones(vec![cluster]), communes(vec![high, low])]);
    assert!(findings(&outcome, "ZON-06").is_empty());
}
