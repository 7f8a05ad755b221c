//! A client that asks one thing after the other and reads each answer to its end.

use std::collections::BTreeMap;
use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::mix::{Dice, Kind, Place};
use crate::served::{connect, read};

/// How long a client waits that was told to come back: less than it was told, so that the load goes on.
const BACK_OFF: Duration = Duration::from_millis(200);

/// What requests of one kind met.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) times_ms: Vec<f64>,
    pub(super) statuses: BTreeMap<u16, usize>,
    /// Connections that broke, by what the system said.
    pub(super) broken: BTreeMap<String, usize>,
}

/// What a client goes by.
#[derive(Clone, Copy)]
pub(super) struct Crowd<'a> {
    pub(super) address: &'a str,
    pub(super) place: &'a Place,
    /// Between an answer and the next request.
    pub(super) pause: Duration,
    pub(super) stop: &'a AtomicBool,
}

impl Crowd<'_> {
    pub(super) fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    /// Asks until told to stop.
    pub(super) fn ask(&self, client: usize) -> (Kind, Met) {
        let kind = Kind::of_client(client);
        let (mut met, mut dice) = (Met::default(), Dice::new(client));
        // They do not all come in the same moment again and again.
        thread::sleep(self.pause.mul_f64(dice.roll()));
        let mut connection: Option<BufReader<TcpStream>> = None;
        while self.goes_on() {
            let text = self.place.request(kind, &mut dice);
            let Some(open) = connection.take().or_else(|| connect(self.address).ok()) else {
                *met.broken.entry("no connection".to_owned()).or_default() += 1;
                thread::sleep(BACK_OFF);
                continue;
            };
            connection = met.ask(open, &text);
            thread::sleep(self.pause);
        }
        (kind, met)
    }
}

impl Met {
    /// Asks once; the connection, when it can be asked again.
    fn ask(&mut self, mut open: BufReader<TcpStream>, text: &str) -> Option<BufReader<TcpStream>> {
        let begun = Instant::now();
        match open.get_mut().write_all(text.as_bytes()).and_then(|()| read(&mut open)) {
            Ok(answer) if answer.status != 0 => {
                *self.statuses.entry(answer.status).or_default() += 1;
                if answer.status == 503 {
                    thread::sleep(BACK_OFF);
                } else {
                    self.times_ms.push(begun.elapsed().as_secs_f64() * 1e3);
                }
                return Some(open);
            }
            Ok(_) => *self.broken.entry("closed".to_owned()).or_default() += 1,
            Err(error) => *self.broken.entry(error.kind().to_string()).or_default() += 1,
        }
        None
    }

    pub(super) fn add(&mut self, other: Self) {
        self.times_ms.extend(other.times_ms);
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        for (what, count) in other.broken {
            *self.broken.entry(what).or_default() += count;
        }
    }

    /// Answers that are neither whole nor a 503, and connections that broke.
    pub(super) fn wrong(&self) -> usize {
        let allowed = |status: u16| matches!(status, 200 | 204 | 503);
        let statuses = self.statuses.iter().filter(|(status, _)| !allowed(**status));
        statuses.map(|(_, count)| count).sum::<usize>() + self.broken.values().sum::<usize>()
    }
}
