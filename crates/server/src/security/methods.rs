//! Which methods each path takes: told before anything else is asked of a request, so that nobody mends a body that is
//! taken nowhere.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Request;
use axum::http::Method;

use crate::app::App;
use crate::assets;
use crate::problem::Problem;
use crate::routes::{edit, uploads};

/// The methods of every path, by its template, as the description of the API has them.
#[derive(Clone, Debug)]
pub(super) struct Methods(BTreeMap<String, BTreeSet<String>>);

impl Methods {
    /// Reads them off the description.
    pub(super) fn of(description: &serde_json::Value) -> Self {
        let paths = description["paths"].as_object().into_iter().flatten();
        let methods = |item: &serde_json::Value| {
            let named = item.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase());
            named.collect::<BTreeSet<String>>()
        };
        Self(paths.map(|(template, item)| (template.clone(), methods(item))).collect())
    }

    /// Refuses a method that the path does not take. OPTIONS is left to the router, and paths that there are not to
    /// whoever says so.
    pub(super) fn judge(&self, app: &App, route: Option<&str>, request: &Request) -> Result<(), Problem> {
        let method = request.method();
        if *method == Method::OPTIONS {
            return Ok(());
        }
        let path = request.uri().path();
        let Some(template) = route else {
            let is_file = assets::find(path).is_some();
            let reads = matches!(*method, Method::GET | Method::HEAD);
            return if is_file && !reads { Err(refused("GET, HEAD")) } else { Ok(()) };
        };
        uploads::are_there(app, template)?;
        let Some(methods) = self.0.get(template) else { return Ok(()) };
        let asked = if *method == Method::HEAD { "GET" } else { method.as_str() };
        if methods.contains(asked) {
            return edit::can_change(&app.catalog(), method, template, path);
        }
        Err(refused(&allow(methods)))
    }
}

fn allow(methods: &BTreeSet<String>) -> String {
    let names = methods.iter().flat_map(|method| {
        let head = (method == "GET").then_some("HEAD");
        [method.as_str()].into_iter().chain(head)
    });
    names.collect::<Vec<_>>().join(", ")
}

fn refused(allow: &str) -> Problem {
    Problem::not_allowed("This path does not take this method; see Allow.", allow)
}
