//! Clients that hold things up where they can: half a request, half a body, an answer that is not read, a check that
//! is left alone.

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::asking::{Dice, Layer, request};
use crate::served::connect;

/// Between two steps of a slow one.
const STEP: Duration = Duration::from_millis(250);

/// Goes on until told to stop; whatever the server does about it is right.
pub(super) fn behave(address: &str, layers: &[Layer], seed: usize, stop: &AtomicBool) {
    let mut dice = Dice(seed as u64 + 1_000);
    while !stop.load(Ordering::Relaxed) {
        let Ok(mut connection) = connect(address) else {
            thread::sleep(STEP);
            continue;
        };
        match seed % 4 {
            0 => dribble(&mut connection, b"GET /collections HTTP/1.1\r\nhost: localhost\r\nx-slow: ", stop),
            1 => dribble(
                &mut connection,
                b"POST /check HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                  content-length: 60000\r\n\r\n",
                stop,
            ),
            2 => {
                let layer = &layers[seed % layers.len()].id;
                let text = format!("GET /export/{layer} HTTP/1.1\r\nhost: localhost\r\n\r\n");
                sip(&mut connection, text.as_bytes(), stop);
            }
            _ => {
                // Asks, and is gone.
                let _ = connection.get_mut().write_all(request(layers, &mut dice).1.as_bytes());
                thread::sleep(STEP / 25);
            }
        }
    }
}

/// Sends a byte now and then.
fn dribble(connection: &mut BufReader<TcpStream>, head: &[u8], stop: &AtomicBool) {
    let mut rest = head.iter().chain(std::iter::repeat(&b'x'));
    let first: Vec<u8> = rest.by_ref().take(head.len()).copied().collect();
    let stream = connection.get_mut();
    let mut open = stream.write_all(&first).is_ok();
    while open && !stop.load(Ordering::Relaxed) {
        thread::sleep(STEP);
        open = stream.write_all(b"x").is_ok();
    }
}

/// Reads a byte now and then.
fn sip(connection: &mut BufReader<TcpStream>, text: &[u8], stop: &AtomicBool) {
    let stream = connection.get_mut();
    let mut open = stream.write_all(text).is_ok();
    let mut byte = [0];
    while open && !stop.load(Ordering::Relaxed) {
        thread::sleep(STEP);
        open = stream.read(&mut byte).is_ok_and(|read| read > 0);
    }
}
