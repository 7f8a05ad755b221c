//! A second decoder of Mapbox Vector Tiles, written from the specification (2.1) and sharing nothing with the
//! encoder: protobuf wire format, tags, commands.
#![allow(dead_code, reason = "each test uses its part")]

use std::collections::BTreeMap;

pub(crate) type Point = [i64; 2];

#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) extent: u64,
    pub(crate) features: Vec<Feature>,
}

#[derive(Debug, Default)]
pub(crate) struct Feature {
    pub(crate) id: Option<u64>,
    pub(crate) kind: u64,
    pub(crate) tags: BTreeMap<String, String>,
    /// Paths: points, lines, or rings without the repeated first vertex.
    pub(crate) paths: Vec<Vec<Point>>,
}

enum Field<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed64(u64),
    Fixed32(u32),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0_u64;
    for shift in (0..).step_by(7) {
        let (&byte, rest) = bytes.split_first().expect("truncated varint");
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return value;
        }
    }
    unreachable!()
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let field = match tag & 7 {
            0 => Field::Varint(varint(&mut bytes)),
            1 => {
                let (head, rest) = bytes.split_at(8);
                bytes = rest;
                Field::Fixed64(u64::from_le_bytes(head.try_into().unwrap()))
            }
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                let (head, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(head)
            }
            5 => {
                let (head, rest) = bytes.split_at(4);
                bytes = rest;
                Field::Fixed32(u32::from_le_bytes(head.try_into().unwrap()))
            }
            other => panic!("wire type {other}"),
        };
        out.push((tag >> 3, field));
    }
    out
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        out.push(varint(&mut bytes));
    }
    out
}

fn zigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

fn value(bytes: &[u8]) -> String {
    match fields(bytes).into_iter().next() {
        Some((1, Field::Bytes(text))) => String::from_utf8(text.to_vec()).unwrap(),
        Some((2, Field::Fixed32(bits))) => f32::from_bits(bits).to_string(),
        Some((3, Field::Fixed64(bits))) => f64::from_bits(bits).to_string(),
        Some((4 | 5, Field::Varint(number))) => number.to_string(),
        Some((6, Field::Varint(number))) => zigzag(number).to_string(),
        Some((7, Field::Varint(number))) => (number != 0).to_string(),
        _ => panic!("a value without a value"),
    }
}

fn paths(commands: &[u64], kind: u64) -> Vec<Vec<Point>> {
    let mut paths: Vec<Vec<Point>> = Vec::new();
    let (mut cursor, mut i) = ([0_i64; 2], 0);
    while i < commands.len() {
        let (command, count) = (commands[i] & 7, commands[i] >> 3);
        i += 1;
        assert!(count > 0, "a command without a count");
        if command == 7 {
            assert_eq!((kind, count), (3, 1), "ClosePath is for polygons, once");
            continue;
        }
        for _ in 0..count {
            cursor[0] += zigzag(commands[i]);
            cursor[1] += zigzag(commands[i + 1]);
            i += 2;
            match command {
                1 => paths.push(vec![cursor]),
                2 => paths.last_mut().expect("LineTo before MoveTo").push(cursor),
                other => panic!("command {other}"),
            }
        }
    }
    paths
}

pub(crate) fn decode(bytes: &[u8]) -> Vec<Layer> {
    fields(bytes)
        .into_iter()
        .map(|(number, field)| match (number, field) {
            (3, Field::Bytes(layer)) => self::layer(layer),
            _ => panic!("a tile holds layers only"),
        })
        .collect()
}

fn layer(bytes: &[u8]) -> Layer {
    let (mut layer, mut raw, mut keys, mut values) = (Layer::default(), vec![], vec![], vec![]);
    for field in fields(bytes) {
        match field {
            (1, Field::Bytes(name)) => layer.name = String::from_utf8(name.to_vec()).unwrap(),
            (2, Field::Bytes(feature)) => raw.push(feature),
            (3, Field::Bytes(key)) => keys.push(String::from_utf8(key.to_vec()).unwrap()),
            (4, Field::Bytes(bytes)) => values.push(value(bytes)),
            (5, Field::Varint(extent)) => layer.extent = extent,
            (15, Field::Varint(version)) => layer.version = version,
            (number, _) => panic!("layer field {number}"),
        }
    }
    layer.features = raw.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect();
    layer
}

fn feature(bytes: &[u8], keys: &[String], values: &[String]) -> Feature {
    let mut feature = Feature::default();
    let mut commands = Vec::new();
    for field in fields(bytes) {
        match field {
            (1, Field::Varint(id)) => feature.id = Some(id),
            (2, Field::Bytes(tags)) => {
                for pair in packed(tags).chunks(2) {
                    let key = &keys[usize::try_from(pair[0]).unwrap()];
                    feature.tags.insert(key.clone(), values[usize::try_from(pair[1]).unwrap()].clone());
                }
            }
            (3, Field::Varint(kind)) => feature.kind = kind,
            (4, Field::Bytes(geometry)) => commands = packed(geometry),
            (number, _) => panic!("feature field {number}"),
        }
    }
    feature.paths = paths(&commands, feature.kind);
    feature
}

/// Twice the signed area in tile coordinates: positive for an outer ring (specification 4.3.4.4, y downwards).
pub(crate) fn doubled_area(ring: &[Point]) -> i64 {
    (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            a[0] * b[1] - b[0] * a[1]
        })
        .sum()
}
