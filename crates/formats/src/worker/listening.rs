//! Reading from the worker with an ear for what does not come: silence has an end, and so has waiting that nobody wants
//! any more.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// How long to wait before asking again whether to go on.
const LOOK: Duration = Duration::from_millis(100);

/// Why nothing more is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GivenUp {
    /// Nothing came for too long.
    Silent,
    /// Whoever asked does not want it any more.
    Cancelled,
}

/// A pipe that is read as long as something comes and somebody wants it. Time in which this side does not read counts
/// as nothing.
pub(super) struct Listening<'a, R> {
    pipe: R,
    patience: Duration,
    cancelled: &'a dyn Fn() -> bool,
    given_up: Option<GivenUp>,
}

impl<'a, R: Read + AsFd> Listening<'a, R> {
    pub(super) fn new(pipe: R, patience: Duration, cancelled: &'a dyn Fn() -> bool) -> Self {
        Self { pipe, patience, cancelled, given_up: None }
    }

    /// Why the last read failed, if it was given up.
    pub(super) fn given_up(&self) -> Option<GivenUp> {
        self.given_up
    }

    /// Waits until there is something to read, or the end.
    fn wait(&mut self) -> io::Result<()> {
        let begun = Instant::now();
        loop {
            let left = self.patience.saturating_sub(begun.elapsed());
            if (self.cancelled)() {
                return Err(self.give_up(GivenUp::Cancelled));
            }
            if left.is_zero() {
                return Err(self.give_up(GivenUp::Silent));
            }
            let pause = Timespec::try_from(left.min(LOOK)).map_err(io::Error::other)?;
            match poll(&mut [PollFd::new(&self.pipe, PollFlags::IN)], Some(&pause)) {
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn give_up(&mut self, why: GivenUp) -> io::Error {
        self.given_up = Some(why);
        io::ErrorKind::TimedOut.into()
    }
}

impl<R: Read + AsFd> Read for Listening<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.wait()?;
        self.pipe.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::time::Duration;

    use super::{GivenUp, Listening};

    #[test]
    fn what_comes_is_read_and_silence_ends() {
        let (mut here, there) = UnixStream::pair().unwrap();
        here.write_all(b"abc").unwrap();
        let mut listening = Listening::new(there, Duration::from_millis(20), &|| false);
        let mut bytes = [0; 3];
        listening.read_exact(&mut bytes).unwrap();
        assert_eq!((&bytes, listening.given_up()), (b"abc", None));
        assert!(listening.read_exact(&mut bytes).is_err());
        assert_eq!(listening.given_up(), Some(GivenUp::Silent));
        // The end is no silence.
        drop(here);
        assert_eq!(listening.read(&mut bytes).unwrap(), 0);
    }

    #[test]
    fn whoever_does_not_want_it_any_more_waits_no_longer() {
        let (_here, there) = UnixStream::pair().unwrap();
        let asked = Cell::new(0);
        let cancelled = || {
            asked.set(asked.get() + 1);
            asked.get() > 2
        };
        let mut listening = Listening::new(there, Duration::MAX, &cancelled);
        assert!(listening.read(&mut [0]).is_err());
        assert_eq!((listening.given_up(), asked.get()), (Some(GivenUp::Cancelled), 3));
    }
}
