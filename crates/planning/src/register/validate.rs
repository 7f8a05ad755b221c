//! Whether the statements of a register hang together: identifiers are unique, what is pointed at is there, numbers
//! are numbers. Figures that contradict each other are not problems: rules judge them.

use std::collections::BTreeSet;

use super::locate::FieldPath;
use super::{Aggregate, Citation, Counted, Quantity, Register, ZoneRecord};

/// A field and what is wrong with it.
pub(super) type Found = Vec<(FieldPath, String)>;

/// All problems, in the order of the kinds of records.
pub(super) fn problems(register: &Register) -> Found {
    let mut check = Check { register, found: Vec::new() };
    check.register_id();
    check.unique("document", register.documents.iter().map(|one| one.id.as_str()));
    check.unique("list", register.lists.iter().map(|one| one.id.as_str()));
    check.unique("zone", register.zones.iter().map(|one| one.id.as_str()));
    check.unique("aggregate", register.aggregates.iter().map(|one| one.id.as_str()));
    check.unique("project", register.projects.iter().map(|one| one.id.as_str()));
    check.unique("region", register.regions.iter().map(|one| one.id.as_str()));
    check.documents();
    check.lists();
    for (at, zone) in register.zones.iter().enumerate() {
        check.zone(&FieldPath::entry("zone", at), zone);
    }
    for (at, aggregate) in register.aggregates.iter().enumerate() {
        check.aggregate(&FieldPath::entry("aggregate", at), aggregate);
    }
    check.projects();
    check.indicators_and_regions();
    check.found
}

struct Check<'a> {
    register: &'a Register,
    found: Found,
}

impl Check<'_> {
    fn say(&mut self, path: &FieldPath, reason: impl Into<String>) {
        self.found.push((path.clone(), reason.into()));
    }

    fn register_id(&mut self) {
        let id = &self.register.id;
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > 64 || !id.bytes().all(allowed) {
            self.say(
                &FieldPath::default().name("id"),
                "must be 1 to 64 lower-case letters without marks, digits and hyphens",
            );
        }
    }

    fn unique<'i>(&mut self, array: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            let path = FieldPath::entry(array, at).name("id");
            if id.trim().is_empty() {
                self.say(&path, "is empty");
            } else if !seen.insert(id) {
                self.say(&path, format!("\"{id}\" stands twice"));
            }
        }
    }

    fn cited(&mut self, path: &FieldPath, citation: &Citation) {
        let path = path.name("source").name("document");
        self.document(&path, Some(&citation.document));
    }

    fn document(&mut self, path: &FieldPath, id: Option<&String>) {
        if let Some(id) = id.filter(|id| self.register.document(id).is_none()) {
            self.say(path, format!("there is no document \"{id}\""));
        }
    }

    fn known_list(&mut self, path: &FieldPath, id: Option<&String>) {
        if let Some(id) = id.filter(|id| self.register.list(id).is_none()) {
            self.say(path, format!("there is no list \"{id}\""));
        }
    }

    fn known_zone(&mut self, path: &FieldPath, id: Option<&String>) {
        if let Some(id) = id.filter(|id| self.register.zone(id).is_none()) {
            self.say(path, format!("there is no zone \"{id}\""));
        }
    }

    fn quantity(&mut self, path: &FieldPath, quantity: Option<Quantity>) {
        if quantity.is_some_and(|quantity| !quantity.value.is_finite() || quantity.value < 0.0) {
            self.say(path, "must be a number from 0");
        }
    }

    fn documents(&mut self) {
        for (at, document) in self.register.documents.iter().enumerate() {
            let path = FieldPath::entry("document", at);
            if let Some(source) = &document.source {
                self.cited(&path, source);
            }
            if document.valid_from.zip(document.valid_to).is_some_and(|(from, to)| to.is_before(from)) {
                self.say(&path.name("valid_to"), "lies before valid_from");
            }
        }
    }

    fn lists(&mut self) {
        for (at, list) in self.register.lists.iter().enumerate() {
            let path = FieldPath::entry("list", at);
            self.document(&path.name("decision"), list.decision.as_ref());
            self.known_list(&path.name("replaced_by"), list.replaced_by.as_ref());
            self.cited(&path, &list.source);
            let ends_early =
                |period: &super::Period| period.from.is_some_and(|from| period.to.is_before(from));
            if list.period.as_ref().is_some_and(ends_early) {
                self.say(&path.name("period").name("to"), "lies before from");
            }
        }
    }

    fn zone(&mut self, path: &FieldPath, zone: &ZoneRecord) {
        if zone.name.trim().is_empty() {
            self.say(&path.name("name"), "is empty");
        }
        self.known_zone(&path.name("parent"), zone.parent.as_ref());
        if self.in_circle(zone) {
            self.say(&path.name("parent"), "the zones that hold it form a circle");
        }
        for (at, state) in zone.states.iter().enumerate() {
            let path = path.name("state").position(at);
            self.document(&path.name("decision"), state.decision.as_ref());
            self.cited(&path, &state.source);
        }
        for (at, listing) in zone.listings.iter().enumerate() {
            let path = path.name("listing").position(at);
            self.known_list(&path.name("list"), Some(&listing.list));
            self.cited(&path, &listing.source);
        }
        for (at, mention) in zone.mentions.iter().enumerate() {
            self.document(&path.name("mention").position(at).name("document"), Some(&mention.document));
        }
        self.zone_figures(path, zone);
    }

    fn zone_figures(&mut self, path: &FieldPath, zone: &ZoneRecord) {
        for (at, area) in zone.areas.iter().enumerate() {
            self.area(&path.name("area").position(at), area);
        }
        for (at, fill) in zone.fills.iter().enumerate() {
            self.cited(&path.name("fill").position(at), &fill.source);
        }
        for (at, clearance) in zone.clearances.iter().enumerate() {
            let path = path.name("clearance").position(at);
            self.quantity(&path.name("cleared_ha"), clearance.cleared_ha);
            self.quantity(&path.name("in_progress_ha"), clearance.in_progress_ha);
            self.quantity(&path.name("households"), clearance.households);
            self.cited(&path, &clearance.source);
        }
        for (at, expansion) in zone.expansions.iter().enumerate() {
            let path = path.name("expansion").position(at);
            self.quantity(&path.name("added_ha"), Some(expansion.added_ha));
            self.document(&path.name("decision"), expansion.decision.as_ref());
            self.cited(&path, &expansion.source);
        }
        for (at, works) in zone.wastewater_works.iter().enumerate() {
            self.cited(&path.name("wastewater_works").position(at), &works.source);
        }
    }

    fn area(&mut self, path: &FieldPath, area: &super::AreaStatement) {
        self.quantity(&path.name("total_ha"), area.total_ha);
        self.quantity(&path.name("industrial_ha"), area.industrial_ha);
        self.quantity(&path.name("leased_ha"), area.leased_ha);
        self.quantity(&path.name("craft_relocation_ha"), area.craft_relocation_ha);
        self.cited(path, &area.source);
    }

    fn aggregate(&mut self, path: &FieldPath, aggregate: &Aggregate) {
        if aggregate.of == Counted::Zones && aggregate.kind.is_none() {
            self.say(&path.name("kind"), "is missing: a total of zones says of which kind");
        }
        self.known_list(&path.name("list"), aggregate.list.as_ref());
        self.known_zone(&path.name("zone"), aggregate.zone.as_ref());
        self.quantity(&path.name("count"), aggregate.count);
        self.quantity(&path.name("capital_vnd"), aggregate.capital_vnd);
        if let Some(area) = &aggregate.area {
            self.area(&path.name("area"), area);
        }
        if let Some(fill) = &aggregate.fill {
            self.cited(&path.name("fill"), &fill.source);
        }
        for (at, part) in aggregate.parts.iter().enumerate() {
            let path = path.name("part").position(at);
            self.quantity(&path.name("count"), part.count);
            self.quantity(&path.name("total_ha"), part.total_ha);
            self.quantity(&path.name("industrial_ha"), part.industrial_ha);
            self.quantity(&path.name("leased_ha"), part.leased_ha);
            self.quantity(&path.name("capital_vnd"), part.capital_vnd);
        }
        self.cited(path, &aggregate.source);
    }

    fn projects(&mut self) {
        for (at, project) in self.register.projects.iter().enumerate() {
            let path = FieldPath::entry("project", at);
            self.known_zone(&path.name("zone"), project.zone.as_ref());
            self.document(&path.name("decision"), project.decision.as_ref());
            self.quantity(&path.name("capital_vnd"), project.capital_vnd);
            self.quantity(&path.name("land_ha"), project.land_ha);
            self.cited(&path, &project.source);
        }
    }

    fn indicators_and_regions(&mut self) {
        for (at, indicator) in self.register.indicators.iter().enumerate() {
            let path = FieldPath::entry("indicator", at);
            if indicator.actual.is_none() && indicator.target.is_none() {
                self.say(&path.name("actual"), "neither actual nor target is given");
            }
            self.cited(&path, &indicator.source);
        }
        for (at, region) in self.register.regions.iter().enumerate() {
            let path = FieldPath::entry("region", at);
            if region.units.is_empty() {
                self.say(&path.name("unit"), "a region needs at least one unit");
            }
            self.cited(&path, &region.source);
        }
    }

    /// Whether following the parents of a zone leads back to it.
    fn in_circle(&self, zone: &ZoneRecord) -> bool {
        let mut next = zone.parent.as_deref();
        for _ in 0..self.register.zones.len() {
            match next {
                None => return false,
                Some(id) if id == zone.id => return true,
                Some(id) => next = self.register.zone(id).and_then(|zone| zone.parent.as_deref()),
            }
        }
        false
    }
}
