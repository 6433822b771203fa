//! Tests `explain`.

use crate::{Place, one_omitted};

#[test]
fn each_remark_has_its_position() {
    let place = Place::new("explain");
    let text = one_omitted().replacen("      tags: [books]\n", "", 1);
    place.write("api.yaml", &text);
    let line = text.lines().position(|line| line.contains("requestBody:")).unwrap() + 1;
    let ran = place.run(&["explain", "api.yaml"]);
    ran.done(&[
        "warning[media-type]: ",
        &format!("--> api.yaml:{line}:7"),
        "the operation `addBook` is left out",
        "1 of 2 operations can be generated; 1 left out",
    ]);
    assert!(ran.out.matches("warning[").count() > 1, "{}", ran.out);
    assert!(!place.path("src").exists());

    let ran = place.run(&["explain", "api.yaml", "media-type"]);
    ran.done(&["warning[media-type]", "1 remark with the code media-type"]);
    assert_eq!(ran.out.matches("warning[").count(), 1, "{}", ran.out);

    let ran = place.run(&["explain", "api.yaml", "media"]);
    ran.failed(1, &["has the code `media`; the remarks have these codes: ", "media-type"]);
}

#[test]
fn a_valid_document_has_no_remarks() {
    let place = Place::new("nothing");
    place
        .run(&["explain", "api.yaml"])
        .done(&["api.yaml: 2 of 2 operations can be generated; 0 left out, 0 decisions"]);
    place.run(&["explain", "api.yaml", "media-type"]).failed(1, &["there are no remarks"]);
}

#[test]
fn all_errors_of_an_unusable_document_are_shown() {
    let place = Place::new("mistakes");
    let doubled = "a: 1\n".repeat(41);
    place.write("api.yaml", &doubled);
    let short = place.generate(&[]);
    short.failed(1, &["40 errors in api.yaml, of which 2 are shown"]);
    assert!(short.err.lines().count() <= 40, "{}", short.err);
    let all = place.run(&["explain", "api.yaml"]);
    all.failed(1, &["40 errors in api.yaml; nothing was generated"]);
    assert_eq!(all.err.matches("error[duplicate-key]").count(), 40);
}
