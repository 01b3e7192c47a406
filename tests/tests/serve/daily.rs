//! Days passing under a running server, whose clock the test sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use app::{KeySource, OfficeOptions};
use jiff::ToSpan;
use product_tests::town::TODAY;
use server::{Backups, Clock, Event, ServeOptions};

use crate::desk::Desk;

/// How long a test waits before it calls the server stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a server tells, as far as these tests ask.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Good(u32),
    Bad,
}

/// A server of this program, which ends with it.
struct Running {
    hours: Arc<AtomicI64>,
    told: Receiver<Told>,
}

impl Running {
    fn start(desk: &Desk) -> Running {
        let hours = Arc::new(AtomicI64::new(0));
        let (sender, told) = channel();
        let mut office = OfficeOptions::beside(desk.directory.join("zhenzhang.db"), "测试", TODAY);
        office.key = KeySource::Demonstration;
        let later = Arc::clone(&hours);
        let options = ServeOptions {
            office,
            listen: "127.0.0.1:0".to_owned(),
            backups: Backups::Beside,
            clock: Clock::by(move || {
                TODAY.at(8, 0, 0, 0).saturating_add(later.load(Ordering::Relaxed).hours())
            }),
            poll: Duration::from_millis(20),
            retry: Duration::from_millis(20),
        };
        std::thread::spawn(move || {
            let told = server::serve(options, move |event| {
                let told = match event {
                    Event::BackedUp { number, .. } => Told::Good(number),
                    Event::NotBackedUp { .. } => Told::Bad,
                    Event::Started { .. } | Event::Stopping => return,
                };
                // The test may have heard enough.
                let _ = sender.send(told);
            });
            told.unwrap_or_else(|error| panic!("{}", app::causes(&error)));
        });
        Running { hours, told }
    }

    fn next(&self) -> Told {
        self.told.recv_timeout(PATIENCE).unwrap()
    }

    fn pass(&self, hours: i64) {
        self.hours.fetch_add(hours, Ordering::Relaxed);
    }

    /// Nothing is told while the server looks at its clock many times.
    fn is_quiet(&self) {
        let told = self.told.recv_timeout(Duration::from_millis(400));
        assert!(told.is_err(), "{told:?}");
    }
}

/// One test and not several: a trial restore goes into a directory that is this program's.
#[test]
fn days_pass() {
    let desk = Desk::new("serve-days");
    let directory = desk.directory.join("backup");
    let running = Running::start(&desk);
    assert_eq!(running.next(), Told::Good(1));
    running.pass(23);
    running.is_quiet();
    running.pass(1);
    assert_eq!(running.next(), Told::Good(2));
    for number in 3..=17 {
        running.pass(24);
        assert_eq!(running.next(), Told::Good(number));
    }
    // Of the days before the last fourteen only the last of a month stayed, here of December.
    let numbers: Vec<u32> =
        app::list_backups(&directory).unwrap().into_iter().map(|backup| backup.number).collect();
    assert_eq!(numbers, [&[1][..], &(4..=17).collect::<Vec<u32>>()].concat());

    // While another program writes there nothing is made, and nothing is wrong.
    let lock = std::fs::File::open(directory.join("镇账备份.lock")).unwrap();
    lock.lock().unwrap();
    running.pass(24);
    running.is_quiet();
    lock.unlock().unwrap();
    assert_eq!(running.next(), Told::Good(18));

    // What fails is tried again until it is good.
    let elsewhere = desk.directory.join("elsewhere");
    std::fs::rename(&directory, &elsewhere).unwrap();
    std::fs::write(&directory, "文件").unwrap();
    running.pass(24);
    assert_eq!([running.next(), running.next()], [Told::Bad, Told::Bad]);
    std::fs::remove_file(&directory).unwrap();
    std::fs::rename(&elsewhere, &directory).unwrap();
    let good = loop {
        match running.next() {
            Told::Bad => {}
            Told::Good(number) => break number,
        }
    };
    assert_eq!(good, 19);
}
