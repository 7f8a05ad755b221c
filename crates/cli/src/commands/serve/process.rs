//! What this process uses of the machine, by Linux's /proc.

use std::fs;

use server::ProcessUse;

/// Clock ticks in a second as /proc counts them: 100 on every Linux of x86-64 (`USER_HZ`).
const TICKS: f64 = 100.0;

/// What is used now; none where there is no /proc.
pub(super) fn used() -> Option<ProcessUse> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok()
    };
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name, in brackets, may have blanks; utime and stime are fields 14 and 15, two before the brackets.
    let after = stat.rsplit_once(')')?.1;
    let ticks: Vec<f64> =
        after.split_whitespace().skip(11).take(2).filter_map(|text| text.parse().ok()).collect();
    Some(ProcessUse {
        resident_bytes: field("VmRSS")? * 1024,
        cpu_s: ticks.iter().sum::<f64>() / TICKS,
        threads: field("Threads")?,
        open_files: fs::read_dir("/proc/self/fd").ok()?.count() as u64,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_very_process_is_told() {
        let used = super::used().unwrap();
        assert!(used.resident_bytes > 1_000_000 && used.threads > 0 && used.open_files > 2, "{used:?}");
        assert!(used.cpu_s >= 0.0 && used.cpu_s < 10_000.0, "{used:?}");
    }
}
