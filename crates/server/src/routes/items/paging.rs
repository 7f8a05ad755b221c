//! Links between pages.

use super::GEOJSON;
use crate::params::Params;
use crate::wire::Link;

/// Links to this page, the next and the one before. They keep every parameter but the offset.
pub(super) fn links(id: &str, params: &Params, offset: usize, limit: usize, matched: usize) -> Vec<Link> {
    let rest = params.without("offset");
    let href = |offset: usize| {
        let offset = (offset > 0).then(|| format!("offset={offset}"));
        let query: Vec<&str> = [rest.as_str(), offset.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/collections/{id}/items{mark}{}", query.join("&"))
    };
    let mut links = vec![Link::new(href(offset), "self", GEOJSON, "This page")];
    if offset.saturating_add(limit) < matched {
        links.push(Link::new(href(offset + limit), "next", GEOJSON, "The next page"));
    }
    if offset > 0 {
        links.push(Link::new(href(offset.saturating_sub(limit)), "prev", GEOJSON, "The page before"));
    }
    links.push(Link::new(format!("/collections/{id}"), "collection", "application/json", "The collection"));
    links
}
