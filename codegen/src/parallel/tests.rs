//! Tests the order of the results, and that errors and panics reach the caller.

use std::panic::catch_unwind;
use std::thread;
use std::time::Duration;

use super::map;

#[test]
fn results_are_in_the_order_of_the_jobs() {
    let jobs = (0..1_000).map(Ok::<u32, ()>);
    let slow_at_first = |job: u32| {
        thread::sleep(Duration::from_micros(u64::from(1_000 - job) / 10));
        job * 2
    };
    let expected: Vec<u32> = (0..1_000).map(|job| job * 2).collect();
    assert_eq!(map(jobs, slow_at_first), Ok(expected));
    assert_eq!(map([Ok::<u32, ()>(1)].into_iter(), |job| job), Ok(vec![1]));
    assert_eq!(map([].into_iter(), |job: Result<u32, ()>| job), Ok::<_, ()>(Vec::new()));
}

#[test]
fn no_job_is_made_after_an_error() {
    let mut made = 0;
    let jobs = (0..100).map(|job| {
        made += 1;
        if job == 10 { Err("ten") } else { Ok(job) }
    });
    assert_eq!(map(jobs, |job| job), Err("ten"));
    assert_eq!(made, 11);
}

#[test]
fn a_panic_in_the_work_reaches_the_caller() {
    let work = |job: u32| assert!(job != 50, "fifty");
    let run = || map((0..100).map(Ok::<u32, ()>), work);
    assert!(catch_unwind(run).is_err());
}

#[test]
fn a_panic_is_not_hidden_by_an_error_of_a_later_job() {
    let jobs = (0..200).map(|job| if job == 199 { Err("last") } else { Ok(job) });
    let payload = catch_unwind(|| map(jobs, |job: u32| assert!(job != 0, "first"))).unwrap_err();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"first"));
}
