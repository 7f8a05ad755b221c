"""The rules, a third time, from their description."""

import math
from collections import defaultdict

import shapely

from .layers import (A_PARCELS, A_ZONES, ALLOWED, EVERYWHERE, LAND_USE, LAYERS, LOWER, OLDER, PLAN, RULES, THEMES,
                     W_MAPS, W_PARCELS, W_ZONES, ancestors, check, parts, polygonal, split)


class Findings:
    def __init__(self):
        self.found, self.slivers = {}, []

    def add(self, rule, severity, zone, other, wide, a_min, table=None, figures=None):
        area = sum(part.area for part in wide)
        if a_min and wide and area < a_min:
            severity = LOWER[severity]
        check((rule, zone, other) not in self.found, f"{rule} {zone} {other} twice")
        self.found[rule, zone, other] = (severity, area, len(wide), table, figures or {})

    def note(self, rule, zone, other, slivers):
        self.slivers += [(rule, zone, other, part.area) for part in slivers]


class Zone:
    """A zone with what it says of itself and what it lies on, measured once."""

    def __init__(self, layers, position):
        zones = layers["zones"]
        self.position, self.id, self.geometry = position, zones.ids[position], zones.geometries[position]
        self.says = zones.properties[position]
        self.kind, self.layers = self.says["kind"], layers
        self.lives = self.says["state"] not in ("revoked", "converted")
        self.over = {name: list(layers[name].overlaps(self.geometry)) for name in LAYERS[1:]} if self.lives else {}

    def left_out(self, rule):
        return self.kind in RULES[rule].get("kinds_left_out", [])

    def themed(self, theme):
        """(layer, position) of every feature of a theme."""
        for name in THEMES:
            if self.layers[name].theme == theme:
                for position in range(len(self.layers[name].ids)):
                    yield self.layers[name], position


def judge(layers):
    out, zones = Findings(), [Zone(layers, position) for position in range(len(layers["zones"].ids))]
    for zone in zones:
        judge_alone(out, zone)
        if zone.lives:
            judge_size(out, zone)
            judge_plan(out, zone)
            judge_versions(out, zone)
            for rule in ("LUP-03", "LUP-04", "LUP-05", "LUP-06", "LUP-07", "LUP-08"):
                judge_land(out, rule, zone)
            for rule in ("LUP-09", "LUP-10", "LUP-11"):
                judge_near(out, rule, zone)
            judge_people(out, zone)
            judge_themes(out, zone)
            judge_zones(out, zone, zones)
            judge_communes(out, zone)
            judge_claims(out, zone)
    judge_unclaimed(out, layers, zones)
    return out


def judge_alone(out, zone):
    if zone.id in zone.layers["zones"].invalid:
        out.add("GEO-01", "B", zone.id, None, [], None)
    pieces = parts(zone.geometry)
    holes = sum(len(part.interiors) for part in pieces)
    if len(pieces) > 1 or holes:
        out.add("GEO-08", "I", zone.id, None, [], None, figures={"n": len(pieces), "holes": holes})
    declared = zone.says.get("declared_area_ha")
    if declared:
        percent = abs(zone.geometry.area / (declared * 10_000.0) - 1.0) * 100.0
        steps = [step["severity"] for step in RULES["ZON-04"]["steps"] if percent > step["over_percent"]]
        if steps:
            out.add("ZON-04", steps[-1], zone.id, None, [], None)


def judge_size(out, zone):
    large, small = RULES["ZON-05"], RULES["ZON-06"]
    hectares = zone.geometry.area / 10_000.0
    if zone.kind in large["kinds"] and hectares > large["max_ha"] * (1.0 + large["tolerance_percent"] / 100.0):
        figures = {"ha": hectares, "limit": large["max_ha"]}
        out.add("ZON-05", large["severity"], zone.id, None, [], None, figures=figures)
    if zone.kind in small["kinds"]:
        least = lambda limit: limit * (1.0 - small["tolerance_percent"] / 100.0)
        high = True if zone.kind in small["reduced_kinds"] else zone.says.get("mountainous")
        surely = high is not None or hectares < least(small["reduced_min_ha"])
        reduced = high or (high is None and hectares < least(small["reduced_min_ha"]))
        limit = small["reduced_min_ha"] if reduced else small["min_ha"]
        if hectares < least(limit):
            severity = small["severity"] if surely else small["doubt_severity"]
            out.add("ZON-06", severity, zone.id, None, [], None, figures={"ha": hectares, "limit": limit})


def judge_plan(out, zone):
    plan, allowed = zone.layers[PLAN], ALLOWED.get(zone.kind)
    for parcel, overlap in zone.over[PLAN] if allowed else []:
        if plan.properties[parcel]["code"] not in allowed | EVERYWHERE:
            wide, slivers = split(overlap, W_PARCELS)
            out.note("LUP-01", zone.id, plan.ids[parcel], slivers)
            if wide:
                out.add("LUP-01", "E", zone.id, plan.ids[parcel], wide, A_PARCELS)


def judge_versions(out, zone):
    """PLN-04: what changes its code from the plan before to the one in force."""
    older, plan = zone.layers[OLDER], zone.layers[PLAN]
    changed, forbidden, table = [], [], defaultdict(float)
    allowed = ALLOWED.get(zone.kind)
    for before, a in zone.over[OLDER]:
        for now, b in zone.over[PLAN]:
            codes = older.properties[before]["code"], plan.properties[now]["code"]
            if codes[0] == codes[1] or not shapely.intersects(a, b):
                continue
            wide, _ = split(polygonal(a.intersection(b)), W_MAPS)
            if wide:
                table[" → ".join(codes)] += sum(part.area for part in wide)
                changed += wide
                if allowed and codes[0] in allowed | EVERYWHERE and codes[1] not in allowed | EVERYWHERE:
                    forbidden += wide
    if changed:
        conflict = shapely.union_all(forbidden).area / 10_000.0
        out.add("PLN-04", "E" if forbidden else "I", zone.id, None, parts(shapely.union_all(changed)), A_PARCELS,
                dict(table), {"conflict": conflict})


def inside(out, rule, zone, codes):
    """Wide parts of present land of some codes, and their area per code; slivers are noted."""
    land, wide, table = zone.layers[LAND_USE], [], defaultdict(float)
    for parcel, overlap in zone.over[LAND_USE]:
        code = land.properties[parcel]["code"]
        if code in codes:
            enough, slivers = split(overlap, W_PARCELS)
            if rule == "LUP-08":
                # Its strips are findings of their own.
                if slivers:
                    out.add(rule, "W", zone.id, land.ids[parcel], slivers, None)
            else:
                out.note(rule, zone.id, land.ids[parcel], slivers)
            wide += enough
            if enough:
                table[code] += sum(part.area for part in enough)
    return wide, dict(table)


def judge_land(out, rule, zone):
    law = RULES[rule]
    if zone.left_out(rule):
        return
    wide, table = inside(out, rule, zone, law["codes"])
    figures = {}
    if rule == "LUP-07":
        figures["n"] = sum(stands_inside(zone, layer.geometries[at]) for layer, at in zone.themed("buildings"))
        if not wide and not figures["n"]:
            return
    elif not wide:
        return
    area = sum(part.area for part in wide)
    grave = area >= law.get("error_from_ha", math.inf) * 10_000.0 or zone.kind in law.get("grave_for_kinds", [])
    severity = law["error_severity"] if grave else law["severity"]
    a_min = None if law.get("keeps_severity") else A_PARCELS
    out.add(rule, severity, zone.id, None, parts(shapely.union_all(wide)), a_min, table, figures)


def stands_inside(zone, building):
    if building.geom_type == "Point":
        return zone.geometry.contains(building)
    return bool(split(polygonal(zone.geometry.intersection(building)), W_ZONES)[0])


def judge_near(out, rule, zone):
    law = RULES[rule]
    if zone.left_out(rule):
        return
    limits = {code: buffer["distance_m"] for buffer in law["buffers"] for code in buffer["codes"]}
    wide, table = inside(out, rule, zone, limits)
    for layer, at in zone.themed(law["theme"]):
        held, _ = split(polygonal(zone.geometry.intersection(layer.geometries[at])), W_PARCELS)
        if held:
            name = layer.about["collection"]
            wide += held
            table[name] = table.get(name, 0.0) + sum(part.area for part in held)
    if wide:
        out.add(rule, law["severity"], zone.id, None, parts(shapely.union_all(wide)), A_PARCELS, table)
        return
    near = parcels_near(zone, limits)
    for layer, at in zone.themed(law["theme"]):
        far = zone.geometry.distance(layer.geometries[at])
        if far < law["theme_distance_m"]:
            near.append((far, layer.about["collection"], layer.ids[at], law["theme_distance_m"]))
    tell_nearest(out, rule, law["near_severity"], zone, near)


def parcels_near(zone, limits):
    land, near = zone.layers[LAND_USE], []
    place = zone.geometry.buffer(max(limits.values()))
    for parcel in land.tree.query(place, predicate="intersects"):
        limit = limits.get(land.properties[parcel]["code"], 0.0)
        far = zone.geometry.distance(land.geometries[parcel])
        if far < limit:
            near.append((far, LAND_USE, land.ids[parcel], limit))
    return near


def tell_nearest(out, rule, severity, zone, near):
    if near:
        far, _, other, limit = min(near)
        out.add(rule, severity, zone.id, other, [], None, figures={"d": far, "limit": limit})


def judge_people(out, zone):
    law = RULES["ENV-01"]
    if not zone.left_out("ENV-01"):
        given = zone.says.get("environment_class")
        classes = {line["class"]: line["distance_m"] for line in law["classes"]}
        limit = classes[given or law["default_class"]]
        near = parcels_near(zone, {code: limit for code in law["codes"]})
        tell_nearest(out, "ENV-01", law["severity" if given else "assumed_severity"], zone, near)


def judge_themes(out, zone):
    limit = RULES["ADM-06"]["distance_m"]
    if not zone.left_out("ADM-06"):
        far = [(zone.geometry.distance(layer.geometries[at]), "", layer.ids[at], limit)
               for layer, at in zone.themed("national_border")]
        tell_nearest(out, "ADM-06", "E", zone, [one for one in far if one[0] < limit])
    for layer, at in zone.themed("other_plan"):
        wide, slivers = split(polygonal(zone.geometry.intersection(layer.geometries[at])), W_PARCELS)
        out.note("PLN-05", zone.id, layer.ids[at], slivers)
        if wide:
            out.add("PLN-05", "W", zone.id, layer.ids[at], wide, A_PARCELS)
    law = RULES["ENV-02"]
    for layer, at in zone.themed("green_belt"):
        for part in parts(zone.geometry.intersection(layer.geometries[at])):
            quarter = part.length / 4.0
            width = quarter - math.sqrt(max(quarter * quarter - part.area, 0.0))
            if zone.kind in law["kinds"] and width + 0.005 < law["min_width_m"]:
                figures = {"width": width, "limit": law["min_width_m"]}
                out.add("ENV-02", "W", zone.id, layer.ids[at], [], None, figures=figures)


def judge_zones(out, zone, all_zones):
    layer = zone.layers["zones"]
    for other in all_zones:
        related = other.id in ancestors(layer, zone.position) or zone.id in ancestors(layer, other.position)
        if zone.id >= other.id or not other.lives:
            continue
        overlap = polygonal(zone.geometry.intersection(other.geometry))
        if not overlap.is_empty:
            union = zone.geometry.area + other.geometry.area - overlap.area
            apart = shapely.hausdorff_distance(zone.geometry.boundary, other.geometry.boundary, densify=0.01)
            if overlap.area / union >= RULES["GEO-03"]["min_iou"] or apart <= W_ZONES:
                out.add("GEO-03", "W", zone.id, other.id, [], None, figures={"p": overlap.area / union * 100.0})
        if related:
            continue
        wide, slivers = split(overlap, W_ZONES)
        out.note("ZON-01", zone.id, other.id, slivers)
        if wide:
            out.add("ZON-01", "E", zone.id, other.id, wide, A_ZONES)
        far, limit = zone.geometry.distance(other.geometry), RULES["ZON-03"]["within_w_min"] * W_ZONES
        if 0.0 < far <= limit:
            out.add("ZON-03", "I", zone.id, other.id, [], None, figures={"d": far, "limit": limit})
    parent = zone.says.get("parent")
    if parent:
        outside = polygonal(zone.geometry.difference(layer.geometries[layer.ids.index(parent)]))
        wide, slivers = split(outside, W_ZONES)
        out.note("ZON-02", zone.id, parent, slivers)
        if wide:
            out.add("ZON-02", "E", zone.id, parent, wide, A_ZONES)


def judge_communes(out, zone):
    communes, declared, geometry = zone.layers["communes"], zone.says["communes"], zone.geometry
    held = [(communes.properties[c]["code"], overlap) for c, overlap in zone.over["communes"]]
    home = shapely.union_all([overlap for code, overlap in held if code in declared])
    outside = polygonal(geometry.difference(home))
    if outside.area / geometry.area > 1.0 - RULES["ADM-02"]["min_share_inside"]:
        wide, slivers = split(outside, W_PARCELS)
        out.note("ADM-02", zone.id, "", slivers)
        if wide:
            table = {code: overlap.area for code, overlap in held if code not in declared}
            out.add("ADM-02", "E", zone.id, None, wide, A_PARCELS, table)
    table, all_wide = {}, []
    for code, overlap in held:
        wide, slivers = split(overlap, W_PARCELS)
        out.note("ADM-03", zone.id, code, slivers)
        if wide:
            table[code] = sum(part.area for part in wide)
            all_wide += wide
    if len(table) > 1:
        out.add("ADM-03", "I", zone.id, None, parts(shapely.union_all(all_wide)), None, table)
    foreign = [overlap for c, overlap in zone.over["communes"]
               if communes.properties[c]["province"] != zone.says["province"]]
    wide, slivers = split(polygonal(shapely.union_all(foreign)), W_PARCELS)
    out.note("ADM-01", zone.id, "Tỉnh Bên", slivers)
    if wide:
        out.add("ADM-01", "E", zone.id, None, wide, A_PARCELS)


def judge_claims(out, zone):
    """ADM-04: land that two communes claim, and land that none has."""
    communes, held = zone.layers["communes"], zone.over["communes"]
    name = lambda c: (communes.properties[c]["fullName"], communes.properties[c]["code"])
    claims = []
    for k, (one, a) in enumerate(held):
        for two, b in held[k + 1:]:
            pair = [code for _, code in sorted([name(one), name(two)])]
            wide, slivers = split(polygonal(a.intersection(b)), W_MAPS)
            out.note("ADM-04", zone.id, "+".join(pair), slivers)
            if wide:
                claims.append((wide, {code: sum(part.area for part in wide) for code in pair}))
    wide, slivers = split(polygonal(zone.geometry.difference(shapely.union_all([a for _, a in held]))), W_MAPS)
    out.note("ADM-04", zone.id, "", slivers)
    if wide:
        claims.append((wide, None))
    # Findings of one zone have no other name: the largest first, as the key has them.
    claims.sort(key=lambda claim: -sum(part.area for part in claim[0]))
    for number, (wide, table) in enumerate(claims):
        out.add("ADM-04", "W", zone.id, number or None, wide, A_PARCELS, table)


def judge_unclaimed(out, layers, zones):
    """LUP-02: planned for parks or clusters, and in none."""
    plan = layers[PLAN]
    for parcel, properties in enumerate(plan.properties):
        kinds = RULES["LUP-02"]["kinds"].get(properties["code"])
        if not kinds:
            continue
        place = shapely.box(*plan.geometries[parcel].bounds)
        near = [z for z in zones if z.lives and z.kind in kinds and place.intersects(shapely.box(*z.geometry.bounds))]
        free = plan.geometries[parcel].difference(shapely.union_all([z.geometry for z in near]))
        wide, _ = split(polygonal(free), W_PARCELS if near else W_MAPS)
        if wide:
            out.add("LUP-02", "W", None, plan.ids[parcel], wide, A_PARCELS)
