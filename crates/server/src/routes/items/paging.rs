//! Links between pages.

use super::{GEOJSON, HTML, JSON};
use crate::base::Base;
use crate::params::Params;
use crate::wire::Link;

/// Links to this page in both forms, the next and the one before. They keep every parameter but the offset and the
/// form.
pub(super) fn links(
    base: &Base,
    id: &str,
    params: &Params,
    [offset, limit, matched]: [usize; 3],
) -> Vec<Link> {
    let rest = params.without(&["offset", "f"]);
    let collection = base.to(&format!("/collections/{id}"));
    let href = |form: &str, offset: usize| {
        let offset = if offset > 0 { format!("&offset={offset}") } else { String::new() };
        let rest = if rest.is_empty() { String::new() } else { format!("&{rest}") };
        format!("{collection}/items?f={form}{rest}{offset}")
    };
    let mut links = vec![
        Link::new(href("json", offset), "self", GEOJSON, "This page"),
        Link::new(href("html", offset), "alternate", HTML, "This page for people"),
    ];
    // A form of its own for each: whoever reads pages goes on reading pages.
    for (form, media_type) in [("json", GEOJSON), ("html", HTML)] {
        if offset.saturating_add(limit) < matched {
            links.push(Link::new(href(form, offset + limit), "next", media_type, "The next page"));
        }
        if offset > 0 {
            let before = href(form, offset.saturating_sub(limit));
            links.push(Link::new(before, "prev", media_type, "The page before"));
        }
    }
    links.push(Link::new(collection, "collection", JSON, "The collection"));
    links
}
