//! Settings from file, environment and flags: which wins, what is refused, and that what is printed can be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::path::Path;

use server::{Layers, Limits, LogForm, Origin, Settings, SettingsError};

const FILE: &str = r#"
store = "/var/lib/ranh/ranh.gpkg"
listen = "0.0.0.0:80"
allow_hosts = ["maps.example", "10.0.0.7"]
log = "json"

[limits]
page = 500
answer_s = 2.5
"#;

fn environment(pairs: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect::<Vec<_>>()
        .into_iter()
}

fn layered() -> Layers {
    let mut layers = Layers::default();
    layers.file(Path::new("/etc/ranh.toml"), FILE).unwrap();
    let variables =
        [("RANH_SERVE_LISTEN", "127.0.0.1:81"), ("RANH_SERVE_LIMITS_PAGE", "600"), ("PATH", "/bin")];
    layers.environment(environment(&variables)).unwrap();
    layers.flag("limits.page", "700", "--set").unwrap();
    layers
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let layers = layered();
    let settings = layers.settings();
    assert_eq!(settings.store, Path::new("/var/lib/ranh/ranh.gpkg"));
    assert_eq!(settings.listen.to_string(), "127.0.0.1:81");
    assert_eq!(settings.limits.page, 700);
    assert_eq!(settings.limits.answer.as_millis(), 2500);
    assert_eq!(settings.limits.body_bytes, Limits::default().body_bytes);
    assert_eq!((settings.log, settings.allow_hosts.len()), (LogForm::Json, 2));
    let origin = |key| layers.shown().into_iter().find(|shown| shown.key == key).unwrap().origin;
    assert_eq!(origin("store"), Origin::File("/etc/ranh.toml".into()));
    assert_eq!(origin("listen"), Origin::Variable("RANH_SERVE_LISTEN".into()));
    assert_eq!(origin("limits.page"), Origin::Flag("--set".into()));
    assert_eq!(origin("public"), Origin::Usual);
}

#[test]
fn what_is_printed_is_a_settings_file_with_the_same_settings() {
    let layers = layered();
    let lines =
        layers.shown().into_iter().filter_map(|shown| Some(format!("{} = {}", shown.key, shown.value?)));
    let text: Vec<String> = lines.collect();
    let mut again = Layers::default();
    again.file(Path::new("again.toml"), &text.join("\n")).unwrap();
    assert_eq!(again.settings().limits, layers.settings().limits);
    let values = |layers: &Layers| {
        layers.shown().into_iter().map(|shown| (shown.key, shown.value)).collect::<Vec<_>>()
    };
    assert_eq!(values(&again), values(&layers));
}

/// Every field of the limits can be set: a limit that the table forgets keeps its usual value here.
#[test]
fn every_limit_has_a_name() {
    let limits: Vec<_> =
        Layers::default().shown().into_iter().filter(|shown| shown.key.starts_with("limits.")).collect();
    let fields = format!("{:?}", Limits::default()).matches(": ").count();
    assert_eq!(limits.len(), fields);
    let mut layers = Layers::default();
    for shown in &limits {
        layers.flag(shown.key, "7", "--set").unwrap();
    }
    let numbers = format!("{:?}", layers.settings().limits);
    assert_eq!(numbers.matches(": 7").count(), fields, "{numbers}");
}

#[test]
fn safe_unless_said_otherwise() {
    let settings = Settings::default();
    assert!(settings.listen.ip().is_loopback());
    assert!(settings.cors_origins.is_empty() && settings.base_url.is_none() && !settings.trust_forwarded);
    assert_eq!(Layers::default().finish().unwrap_err(), SettingsError::NoStore);
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let mut layers = Layers::default();
    let nearest = |error: SettingsError| match error {
        SettingsError::Unknown { nearest, .. } => nearest,
        other => panic!("{other}"),
    };
    let path = Path::new("s.toml");
    assert_eq!(nearest(layers.file(path, "lisen = \"a\"").unwrap_err()), "listen");
    assert_eq!(nearest(layers.file(path, "allow-hosts = []").unwrap_err()), "allow_hosts");
    assert_eq!(nearest(layers.file(path, "[limits]\npages = 1").unwrap_err()), "limits.page");
    assert_eq!(nearest(layers.file(path, "[cors]\norigins = []").unwrap_err()), "cors_origins");
    assert_eq!(nearest(layers.flag("page", "1", "--set").unwrap_err()), "limits.page");
    let variable = environment(&[("RANH_SERVE_BASEURL", "x")]);
    let error = layers.environment(variable).unwrap_err();
    assert!(error.to_string().starts_with("RANH_SERVE_BASEURL: "), "{error}");
    assert_eq!(nearest(error), "base_url");
}

#[test]
fn values_that_cannot_be_are_named_with_their_place() {
    let wrong = [
        "listen = \"localhost\"",
        "listen = 8080",
        "store = \"\"",
        "public = \"yes\"",
        "log = \"xml\"",
        "base_url = \"https://maps.example/ranh?x\"",
        "allow_hosts = \"maps.example\"",
        "allow_hosts = [1]",
        "allow_hosts = [\"*\"]",
        "cors_origins = [\"*\"]",
        "cors_origins = [\"null\"]",
        "cors_origins = [\"https://a.example/\"]",
        "cors_origins = [\"https://A.example\"]",
        "limits.page = 0",
        "limits.page = -1",
        "limits.page = 1.5",
        "limits.page = \"10\"",
        "limits.page = 9999999999999",
        "limits.answer_s = 0",
        "limits.answer_s = nan",
        "limits.answer_s = inf",
        "limits.answer_s = 1e9",
        "limits.pick_m = -3.0",
    ];
    for text in wrong {
        let error = Layers::default().file(Path::new("s.toml"), text).unwrap_err();
        assert!(matches!(error, SettingsError::Value { .. }), "{text}: {error}");
        assert!(error.to_string().starts_with("s.toml: \""), "{error}");
    }
    let error = Layers::default().file(Path::new("s.toml"), "listen = \n").unwrap_err();
    assert!(matches!(error, SettingsError::Syntax { .. }) && error.to_string().contains("line 1"), "{error}");
}
