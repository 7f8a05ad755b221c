//! Filters that make no sense: the place and the words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use support::refusal;

#[test]
fn text_is_refused_with_its_place() {
    for (text, expected) in [
        ("", "at character 1: expected a property, a value or \"(\", found the end"),
        ("code=", "at character 6: expected a property, a value or \"(\", found the end"),
        ("code = 'SKK", "at character 8: the quote ' is not closed"),
        ("code = 'SKK' area", "at character 14: expected an operator"),
        ("code == 'SKK'", "at character 7: expected a property"),
        ("code = #", "at character 8: the character \"#\" has no meaning here"),
        ("(code = 'SKK'", "at character 14: expected an operator or \")\", found the end"),
        ("code IN ()", "at character 10: expected a property"),
        ("code IN 'SKK'", "at character 9: expected \"(\""),
        ("code IS 5", "at character 9: expected null, found the number 5"),
        ("area BETWEEN 1 OR 2", "at character 16: expected and"),
        ("area > 1e999", "the number 1e999 is too large"),
        ("avg(area) > 1", "at character 1: there is no function \"avg\""),
        ("A_CONTAINS(list, (1))", "array functions such as A_CONTAINS are not there"),
        ("approved > DATE('31/01/2024')", "'31/01/2024' is not a date such as '2024-01-31'"),
        ("approved > DATE('2024-02-30')", "'2024-02-30' is not a date"),
        ("begins > TIMESTAMP('2024-01-31')", "is not a timestamp"),
        ("T_INTERSECTS(approved, INTERVAL('x', '..'))", "is not a date, a timestamp or '..'"),
        ("S_INTERSECTS(geometry)", "at character 22: expected \",\", found \")\""),
        ("S_INTERSECTS(geometry, POINT(1))", "expected a coordinate, found \")\""),
        ("S_INTERSECTS(geometry, LINESTRING(1 1))", "a line has two positions at least"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))", "ends where it begins"),
        ("S_INTERSECTS(geometry, BBOX(1,2,3))", "a box has 4 numbers"),
        ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(BBOX(1,2,3,4)))", "expected POINT, LINESTRING"),
    ] {
        let said = refusal(text);
        assert!(said.contains(expected), "{text}: {said}");
    }
}

#[test]
fn json_is_refused_with_its_pointer() {
    for (text, expected) in [
        ("{", "at character 1: it is not JSON"),
        (r#"{"op": "="}"#, "at the outermost object: \"=\" needs \"args\""),
        (r#"{"op": "=", "args": [1]}"#, "at /args: \"=\" takes 2 arguments, not 1"),
        (
            r#"{"op": "and", "args": [true, {"op": "avg", "args": []}]}"#,
            "at /args/1/args: there is no function \"avg\"",
        ),
        (r#"{"op": "and", "args": [true]}"#, "two arguments or more"),
        (r#"{"op": "=", "args": [{"property": 1}, 1]}"#, "at /args/0: \"property\" must be a name"),
        (r#"{"op": "=", "args": [null, 1]}"#, "at /args/0: null has no meaning here"),
        (r#"{"op": "=", "args": [[1], 1]}"#, "at /args/0: a list has no meaning here"),
        (r#"{"op": "in", "args": [1, []]}"#, "the list of \"in\" is empty"),
        (r#"{"op": "in", "args": [1, 2]}"#, "\"in\" takes a value and a list"),
        (r#"{"op": 7, "args": []}"#, "\"op\" must be the name of an operator"),
        (r#"{"foo": 1}"#, "expected an object with \"op\" and \"args\""),
        (
            r#"{"op": "=", "args": [{"property": "approved"}, {"date": "x"}]}"#,
            "at /args/1/date: 'x' is not a date",
        ),
        (
            r#"{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": [1]}]}"#,
            "at /args/1/coordinates: a position has two numbers",
        ),
        (
            r#"{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Blob", "coordinates": [1]}]}"#,
            "\"Blob\" is no type of geometry",
        ),
    ] {
        let said = refusal(text);
        assert!(said.contains(expected), "{text}: {said}");
    }
}

#[test]
fn what_does_not_fit_the_collection_is_refused() {
    for (text, expected) in [
        ("codd = 'SKK'", "at character 1: there is no property \"codd\"; there are: any, approved, area"),
        ("code = 5", "at character 8: \"code\" is a text and cannot be compared with the number 5"),
        ("area = 'big'", "\"area\" is a number and cannot be compared with the text 'big'"),
        ("area IN (1, 'x')", "at character 13: \"area\" is a number"),
        ("area BETWEEN 1 AND 'x'", "at character 20: \"area\" is a number"),
        (
            "approved = 'soon'",
            "\"approved\" is a date or timestamp and cannot be compared with the text 'soon'",
        ),
        ("open = 1", "true or false and cannot be compared with the number 1"),
        ("area LIKE '7%'", "a text is needed here, and \"area\" is a number"),
        ("code + 1 = 2", "one can calculate with numbers only, and \"code\" is a text"),
        ("code", "\"code\" is a text and no condition by itself"),
        ("5", "the number 5 is no condition"),
        ("area > 1 AND 'x'", "at character 14: the text 'x' is no condition"),
        ("list = 'x'", "\"list\" is a list or an object: here it can only be asked IS NULL"),
        ("geometry = 'x'", "or in S_INTERSECTS"),
        ("S_INTERSECTS(code, POINT(1 1))", "\"code\" is a text; the property with one is: geometry"),
        ("S_INTERSECTS(geometry, 'x')", "s_intersects takes geometries"),
        ("S_INTERSECTS(geometry, POINT(90 180))", "latitude 180 is not on Earth"),
        ("S_INTERSECTS(geometry, BBOX(1, 5, 2, 3))", "lower corner must come first"),
        (
            "S_INTERSECTS(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))",
            "not valid: self intersection at x 1, y 1",
        ),
        ("T_AFTER(code, DATE('2024-01-31'))", "\"code\" is a text"),
        ("T_AFTER(approved, '2024-01-31')", "write DATE('…') or TIMESTAMP('…') around it"),
        (
            "T_DURING(approved, INTERVAL('2024-01-01', '..'))",
            "T_DURING takes intervals only, and \"approved\" is an instant",
        ),
        ("T_AFTER(approved, INTERVAL('2024-02-01', '2024-01-01'))", "the interval ends before it begins"),
        ("POINT(1 1) = 'x'", "a geometry can be used in S_INTERSECTS"),
        ("INTERVAL('..', '2024-01-01') = 'x'", "an interval can be used in T_INTERSECTS"),
    ] {
        let said = refusal(text);
        assert!(said.contains(expected), "{text}: {said}");
    }
}
