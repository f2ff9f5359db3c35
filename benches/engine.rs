//! Native speed of the kernels and of training, each beside the peak loop of the same moment. Prints, and keeps nothing.

mod workloads;

use std::time::{Duration, Instant};
use workloads::{GEMM, Workload};

const ROUNDS: usize = 7;

/// Goes a second in the fastest of the slices of `span`: whatever else runs on the machine can only make one slower.
fn rate(work: &mut Workload, span: Duration) -> f64 {
    let mut time = |goes| {
        let start = Instant::now();
        work.run(goes);
        start.elapsed().as_secs_f64()
    };
    let mut goes = 1;
    while time(goes) < 0.002 {
        goes *= 2;
    }
    let (mut least, start) = (f64::INFINITY, Instant::now());
    while start.elapsed() < span {
        least = least.min(time(goes));
    }
    f64::from(goes) / least
}

/// Median over rounds of (goes a second, share of the peak).
fn measure(name: &str) -> (Workload, f64, f64) {
    let mut work = Workload::new(name).expect("listed below");
    let mut peak = Workload::new("peak").expect("listed below");
    let mut rates = Vec::new();
    for _ in 0..ROUNDS {
        let goes = rate(&mut work, Duration::from_millis(60));
        let most = rate(&mut peak, Duration::from_millis(60)) * peak.operations;
        rates.push((goes, goes * work.operations / most));
    }
    let median = |of: fn(&(f64, f64)) -> f64| {
        let mut sorted: Vec<f64> = rates.iter().map(of).collect();
        sorted.sort_by(f64::total_cmp);
        sorted[ROUNDS / 2]
    };
    (work, median(|r| r.0), median(|r| r.1))
}

fn main() {
    // `cargo test --benches` only asks whether this starts.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let (peak, goes, _) = measure("peak");
    println!("peak of four lanes, 13 accumulators: {:.1} GFLOP/s\n", goes * peak.operations / 1e9);
    println!("{:<24}{:>14}{:>10}", "work", "a second", "of peak");
    for name in ["W1", "W1b", "W2", "W3t", "W3i", "W3bt", "W3bi", "W5"] {
        let (work, goes, share) = measure(name);
        let what = if name < "W3" { "samples" } else { "images" };
        println!("{:<24}{:>12.3e} s{:>9.0}%", format!("{name}, {what}"), goes * work.units, 100.0 * share);
    }
    for name in ["W4s", "W4l", "W6f", "W6b"] {
        let (_, goes, share) = measure(name);
        println!("{:<24}{:>11.3} ms{:>9.0}%", name, 1e3 / goes, 100.0 * share);
    }
    for name in ["tanh", "exp"] {
        let (work, goes, _) = measure(name);
        println!("{:<24}{:>11.2} ns", name, 1e9 / (goes * work.units));
    }
    for [m, k, n] in GEMM {
        let (work, goes, share) = measure(&format!("gemm {m} {k} {n}"));
        let speed = goes * work.operations / 1e9;
        println!("{:<24}{:>7.1} GFLOP{:>9.0}%", format!("{m} × {k} × {n}"), speed, 100.0 * share);
    }
}
