//! Clients that hold things up where they can: half a request, half a body, an answer that is not read, a request whose
//! answer is not waited for.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use super::asking::Crowd;
use super::mix::{Dice, Kind};
use crate::served::connect;

/// Between two steps of a slow one.
const STEP: Duration = Duration::from_millis(250);
/// What those ask that leave: among it what costs the most.
const LEFT: [Kind; 4] = [Kind::Filter, Kind::CheckAll, Kind::Items, Kind::CheckZone];

/// Goes on until told to stop; whatever the server does about it is right.
pub(super) fn behave(crowd: &Crowd<'_>, number: usize) {
    let mut dice = Dice::new(number + 1_000);
    for round in 0.. {
        if !crowd.goes_on() {
            return;
        }
        let Ok(mut connection) = connect(crowd.address) else {
            thread::sleep(STEP);
            continue;
        };
        match number % 4 {
            0 => dribble(crowd, &mut connection, b"GET /collections HTTP/1.1\r\nhost: localhost\r\nx-slow: "),
            1 => dribble(
                crowd,
                &mut connection,
                b"POST /check HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                  content-length: 60000\r\n\r\n",
            ),
            2 => {
                let layer = &crowd.place.layers[(number + round) % crowd.place.layers.len()].id;
                let text = format!("GET /export/{layer} HTTP/1.1\r\nhost: localhost\r\n\r\n");
                sip(crowd, &mut connection, text.as_bytes());
            }
            _ => {
                let text = crowd.place.request(LEFT[round % LEFT.len()], &mut dice);
                leave(connection, &text);
            }
        }
    }
}

/// Asks, and is gone before the answer can be there.
fn leave(mut connection: BufReader<TcpStream>, text: &str) {
    // A connection that the server has closed is left all the same.
    let _ = connection.get_mut().write_all(text.as_bytes());
    thread::sleep(STEP / 25);
}

/// Sends a byte now and then.
fn dribble(crowd: &Crowd<'_>, connection: &mut BufReader<TcpStream>, head: &[u8]) {
    let stream = connection.get_mut();
    let mut open = stream.write_all(head).is_ok();
    while open && crowd.goes_on() {
        thread::sleep(STEP);
        open = stream.write_all(b"x").is_ok();
    }
}

/// Reads a byte now and then.
fn sip(crowd: &Crowd<'_>, connection: &mut BufReader<TcpStream>, text: &[u8]) {
    let stream = connection.get_mut();
    let mut open = stream.write_all(text).is_ok();
    let mut byte = [0];
    while open && crowd.goes_on() {
        thread::sleep(STEP);
        open = stream.read(&mut byte).is_ok_and(|read| read > 0);
    }
}
