//! The tables, as diesel reads them. Their meaning stands in migrations/ and in each stage's types.

use crate::kernel::columns::{Uid, UtcTime};

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    events (seq) {
        seq -> BigInt,
        at -> UtcTime,
        actor_id -> Nullable<Uid>,
        actor_name -> Text,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        programme_id -> Nullable<Uid>,
        detail -> Text,
        previous -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    chain (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    letters (id) {
        id -> Uid,
        programme_id -> Nullable<Uid>,
        code -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        person_id -> Nullable<Uid>,
        recipient -> Text,
        lang -> Text,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        message_id -> Text,
        created_at -> UtcTime,
        state -> Text,
        attempts -> Integer,
        next_at -> UtcTime,
        claimed_until -> Nullable<UtcTime>,
        sent_at -> Nullable<UtcTime>,
        last_answer -> Nullable<Text>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    files (sha256) {
        sha256 -> Text,
        bytes -> BigInt,
        created_at -> UtcTime,
        scan -> Nullable<Text>,
        scan_tries -> Integer,
        scan_at -> Nullable<UtcTime>,
        scan_found -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    beats (name) {
        name -> Text,
        at -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    people (id) {
        id -> Uid,
        email -> Text,
        name -> Text,
        phone -> Text,
        lang -> Text,
        password_hash -> Nullable<Text>,
        totp_secret -> Nullable<Text>,
        totp_confirmed_at -> Nullable<UtcTime>,
        totp_last_step -> BigInt,
        email_confirmed_at -> Nullable<UtcTime>,
        created_at -> UtcTime,
        disabled_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    organisations (id) {
        id -> Uid,
        nipt -> Text,
        name -> Text,
        acronym -> Text,
        legal_form -> Text,
        municipality -> Text,
        profile -> Text,
        search -> Text,
        created_at -> UtcTime,
        saved_at -> Nullable<UtcTime>,
        saved_by -> Nullable<Uid>,
        noted_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    organisation_papers (id) {
        id -> Uid,
        organisation_id -> Uid,
        kind -> Text,
        sha256 -> Text,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        valid_until -> Nullable<Date>,
        kept_by -> Uid,
        kept_by_name -> Text,
        kept_at -> UtcTime,
        removed_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    memberships (organisation_id, person_id) {
        organisation_id -> Uid,
        person_id -> Uid,
        membership -> Text,
        since -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    sessions (token_hash) {
        token_hash -> Text,
        id -> Uid,
        person_id -> Uid,
        created_at -> UtcTime,
        seen_at -> UtcTime,
        expires_at -> UtcTime,
        address -> Text,
        agent -> Text,
        second_factor_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    sign_in_links (token_hash) {
        token_hash -> Text,
        person_id -> Uid,
        created_at -> UtcTime,
        expires_at -> UtcTime,
        used_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    api_tokens (id) {
        id -> Uid,
        person_id -> Uid,
        name -> Text,
        token_hash -> Text,
        created_at -> UtcTime,
        last_used_at -> Nullable<UtcTime>,
        revoked_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    throttles (what) {
        what -> Text,
        count -> Integer,
        since -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    parked_forms (token_hash) {
        token_hash -> Text,
        path -> Text,
        body -> Text,
        created_at -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    programmes (id) {
        id -> Uid,
        slug -> Text,
        terms -> Text,
        imported_at -> UtcTime,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    roles (id) {
        id -> Uid,
        programme_id -> Nullable<Uid>,
        person_id -> Uid,
        role -> Text,
        given_by -> Nullable<Uid>,
        given_at -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    invitations (id) {
        id -> Uid,
        programme_id -> Nullable<Uid>,
        organisation_id -> Nullable<Uid>,
        partnership_id -> Nullable<Uid>,
        email -> Text,
        role -> Text,
        token_hash -> Text,
        invited_by -> Nullable<Uid>,
        created_at -> UtcTime,
        expires_at -> UtcTime,
        accepted_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    rounds (id) {
        id -> Uid,
        programme_id -> Uid,
        code -> Text,
        terms -> Text,
        opens_at -> UtcTime,
        closes_at -> UtcTime,
        extended_from -> Nullable<UtcTime>,
        questions_basis -> Nullable<UtcTime>,
        envelope -> BigInt,
        state -> Text,
        published_at -> Nullable<UtcTime>,
        last_serial -> Integer,
        reminded_until -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    questions (id) {
        id -> Uid,
        round_id -> Uid,
        state -> Text,
        topic -> Text,
        asked -> Text,
        lang -> Text,
        asked_by -> Uid,
        asked_at -> UtcTime,
        wording_sq -> Text,
        wording_en -> Text,
        answer_sq -> Text,
        answer_en -> Text,
        same_as -> Nullable<Uid>,
        answered_by_name -> Text,
        answered_at -> Nullable<UtcTime>,
        number -> Nullable<Integer>,
        published_at -> Nullable<UtcTime>,
        search -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    corrigenda (id) {
        id -> Uid,
        round_id -> Uid,
        changes -> Text,
        reason -> Text,
        made_by -> Nullable<Uid>,
        made_by_name -> Text,
        made_at -> UtcTime,
        letters -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    applications (id) {
        id -> Uid,
        programme_id -> Uid,
        round_id -> Uid,
        organisation_id -> Uid,
        organisation_name -> Text,
        tier -> Text,
        serial -> Nullable<Integer>,
        code -> Nullable<Text>,
        status -> Text,
        title -> Text,
        search -> Text,
        requested -> BigInt,
        total -> BigInt,
        months -> Integer,
        municipality -> Text,
        theme -> Text,
        lang -> Text,
        created_by -> Uid,
        created_at -> UtcTime,
        changed_at -> UtcTime,
        submitted_at -> Nullable<UtcTime>,
        withdrawn_at -> Nullable<UtcTime>,
        closes_at -> Nullable<UtcTime>,
        bound_at -> Nullable<UtcTime>,
        submissions -> Integer,
        is_test -> Bool,
        tried_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    deadline_decisions (id) {
        id -> Uid,
        round_id -> Uid,
        application_id -> Nullable<Uid>,
        organisation_name -> Text,
        kind -> Text,
        closed_before -> UtcTime,
        closes_at -> UtcTime,
        outage_from -> Nullable<UtcTime>,
        outage_until -> Nullable<UtcTime>,
        reason -> Text,
        decided_by -> Nullable<Uid>,
        decided_by_name -> Text,
        decided_at -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    application_parts (application_id, part) {
        application_id -> Uid,
        part -> Text,
        content -> Text,
        version -> Integer,
        changed_at -> UtcTime,
        changed_by -> Uid,
        noted_at -> UtcTime,
        removed -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    application_places (application_id, municipality) {
        application_id -> Uid,
        municipality -> Text,
        position -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    application_themes (application_id, theme) {
        application_id -> Uid,
        theme -> Text,
        position -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    attachments (id) {
        id -> Uid,
        application_id -> Uid,
        clarification_id -> Nullable<Uid>,
        document -> Text,
        sha256 -> Text,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        uploaded_by -> Uid,
        uploaded_at -> UtcTime,
        removed_at -> Nullable<UtcTime>,
        valid_until -> Nullable<Date>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    sendings (id) {
        id -> Uid,
        application_id -> Uid,
        document -> Text,
        name -> Text,
        bytes -> BigInt,
        mark -> Text,
        begun_by -> Uid,
        begun_at -> UtcTime,
        changed_at -> UtcTime,
        attachment_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    partnerships (id) {
        id -> Uid,
        programme_id -> Uid,
        application_id -> Uid,
        partner -> Text,
        lead -> Text,
        email -> Text,
        invited_by -> Uid,
        invited_at -> UtcTime,
        person_id -> Nullable<Uid>,
        person_name -> Text,
        accepted_at -> Nullable<UtcTime>,
        ended_at -> Nullable<UtcTime>,
        signed_at -> Nullable<UtcTime>,
        signature -> Text,
        signed_sha256 -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    readiness (id) {
        id -> Uid,
        application_id -> Uid,
        declared_at -> UtcTime,
        declared_by -> Uid,
        sha256 -> Text,
        sent_back_at -> Nullable<UtcTime>,
        sent_back_by -> Nullable<Uid>,
        word -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    submissions (id) {
        id -> Uid,
        application_id -> Uid,
        number -> Integer,
        code -> Text,
        submitted_at -> UtcTime,
        submitted_by -> Uid,
        content -> Text,
        sha256 -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    document_prints (sha256) {
        sha256 -> Text,
        submission_id -> Uid,
        kind -> Text,
        lang -> Text,
        made_at -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    checks (application_id) {
        application_id -> Uid,
        round_id -> Uid,
        state -> Text,
        serial -> Integer,
        lines -> Integer,
        answered -> Integer,
        due_at -> Nullable<UtcTime>,
        turn_at -> UtcTime,
        checker_id -> Nullable<Uid>,
        checker_name -> Text,
        reasons -> Text,
        note -> Text,
        begun_at -> UtcTime,
        dispute -> Text,
        proposed_at -> Nullable<UtcTime>,
        decided_by -> Nullable<Uid>,
        decided_by_name -> Text,
        decided_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    check_lines (application_id, line) {
        application_id -> Uid,
        line -> Text,
        position -> Integer,
        machine -> Nullable<Text>,
        evidence -> Text,
        verdict -> Nullable<Text>,
        note -> Text,
        checked_by -> Nullable<Uid>,
        checked_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    clarifications (id) {
        id -> Uid,
        application_id -> Uid,
        question -> Text,
        items -> Text,
        asked_by -> Uid,
        asked_at -> UtcTime,
        due_at -> UtcTime,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uid>,
        answered_at -> Nullable<UtcTime>,
        reminders -> Integer,
        next_at -> Nullable<UtcTime>,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    impartiality (round_id, person_id) {
        round_id -> Uid,
        person_id -> Uid,
        declared_at -> UtcTime,
        wording -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    assignments (id) {
        id -> Uid,
        application_id -> Uid,
        round_id -> Uid,
        evaluator_id -> Uid,
        reader -> Integer,
        state -> Text,
        conflict -> Text,
        cleared_at -> Nullable<UtcTime>,
        sheet -> Text,
        points -> Nullable<BigInt>,
        due_on -> Date,
        assigned_by -> Uid,
        assigned_at -> UtcTime,
        saved_at -> Nullable<UtcTime>,
        submitted_at -> Nullable<UtcTime>,
        reminded_at -> Nullable<UtcTime>,
        noted_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    evaluations (application_id) {
        application_id -> Uid,
        round_id -> Uid,
        state -> Text,
        points -> Nullable<BigInt>,
        sections -> Text,
        gap -> Nullable<BigInt>,
        eligible -> Bool,
        settled_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    awards (round_id) {
        round_id -> Uid,
        decided_by -> Uid,
        decided_by_name -> Text,
        decided_at -> UtcTime,
        reasons -> Text,
        envelope -> BigInt,
        awarded -> BigInt,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    award_outcomes (application_id) {
        application_id -> Uid,
        round_id -> Uid,
        outcome -> Text,
        place -> Integer,
        points -> Nullable<BigInt>,
        amount -> BigInt,
        note -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    contracts (id) {
        id -> Uid,
        application_id -> Uid,
        programme_id -> Uid,
        round_id -> Uid,
        organisation_id -> Uid,
        organisation_name -> Text,
        code -> Text,
        title -> Text,
        search -> Text,
        tier -> Text,
        municipality -> Text,
        theme -> Text,
        state -> Text,
        starts_on -> Date,
        ends_on -> Date,
        months -> Integer,
        amount -> BigInt,
        total -> BigInt,
        drafted_by -> Uid,
        drafted_at -> UtcTime,
        sent_at -> Nullable<UtcTime>,
        due_on -> Nullable<Date>,
        reminded_at -> Nullable<UtcTime>,
        active_at -> Nullable<UtcTime>,
        closed_at -> Nullable<UtcTime>,
        content -> Text,
        sha256 -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    contract_lines (id) {
        id -> Uid,
        contract_id -> Uid,
        position -> Integer,
        heading -> Text,
        description -> Text,
        unit -> Text,
        number -> BigInt,
        unit_cost -> BigInt,
        total -> BigInt,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    signatures (contract_id, party) {
        contract_id -> Uid,
        party -> Text,
        person_id -> Uid,
        name -> Text,
        signed_at -> UtcTime,
        sha256 -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    activities (id) {
        id -> Uid,
        contract_id -> Uid,
        position -> Integer,
        number -> Text,
        title -> Text,
        months -> Text,
        state -> Text,
        done_on -> Nullable<Date>,
        note -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    indicators (id) {
        id -> Uid,
        contract_id -> Uid,
        position -> Integer,
        level -> Text,
        number -> Text,
        title -> Text,
        unit -> Text,
        baseline -> BigInt,
        target -> BigInt,
        source -> Text,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    indicator_values (id) {
        id -> Uid,
        indicator_id -> Uid,
        value -> BigInt,
        women -> Nullable<BigInt>,
        measured_on -> Date,
        note -> Text,
        entered_by -> Uid,
        entered_at -> UtcTime,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    reports (id) {
        id -> Uid,
        contract_id -> Uid,
        number -> Integer,
        kind -> Text,
        period_from -> Date,
        period_to -> Date,
        due_on -> Date,
        state -> Text,
        narrative -> Text,
        declared -> BigInt,
        accepted -> BigInt,
        submitted_by -> Nullable<Uid>,
        submitted_at -> Nullable<UtcTime>,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<UtcTime>,
        decision -> Text,
        reminded_at -> Nullable<UtcTime>,
        deciding -> Text,
        deciding_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    expenses (id) {
        id -> Uid,
        contract_id -> Uid,
        line_id -> Uid,
        report_id -> Nullable<Uid>,
        paid_on -> Date,
        description -> Text,
        supplier -> Text,
        voucher -> Text,
        sha256 -> Nullable<Text>,
        file_name -> Text,
        media_type -> Text,
        amount -> BigInt,
        accepted -> Nullable<BigInt>,
        refusal -> Text,
        decided_by -> Nullable<Uid>,
        entered_by -> Uid,
        entered_at -> UtcTime,
        version -> Integer,
    }
}

diesel::table! {
    use super::{Uid, UtcTime};
    use diesel::sql_types::*;
    payments (id) {
        id -> Uid,
        contract_id -> Uid,
        number -> Integer,
        share -> Integer,
        amount -> BigInt,
        state -> Text,
        report_id -> Nullable<Uid>,
        first_by -> Nullable<Uid>,
        first_by_name -> Text,
        first_at -> Nullable<UtcTime>,
        second_by -> Nullable<Uid>,
        second_by_name -> Text,
        second_at -> Nullable<UtcTime>,
        reference -> Text,
        sent_by -> Nullable<Uid>,
        sent_at -> Nullable<UtcTime>,
        confirmed_by -> Nullable<Uid>,
        confirmed_at -> Nullable<UtcTime>,
        version -> Integer,
    }
}

diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(memberships -> people (person_id));
diesel::joinable!(organisation_papers -> organisations (organisation_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(sign_in_links -> people (person_id));
diesel::joinable!(api_tokens -> people (person_id));
diesel::joinable!(roles -> programmes (programme_id));
diesel::joinable!(roles -> people (person_id));
diesel::joinable!(invitations -> programmes (programme_id));
diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(rounds -> programmes (programme_id));
diesel::joinable!(questions -> rounds (round_id));
diesel::joinable!(questions -> people (asked_by));
diesel::joinable!(corrigenda -> rounds (round_id));
diesel::joinable!(applications -> programmes (programme_id));
diesel::joinable!(applications -> rounds (round_id));
diesel::joinable!(applications -> organisations (organisation_id));
diesel::joinable!(applications -> people (created_by));
diesel::joinable!(application_parts -> applications (application_id));
diesel::joinable!(application_places -> applications (application_id));
diesel::joinable!(application_themes -> applications (application_id));
diesel::joinable!(attachments -> applications (application_id));
diesel::joinable!(attachments -> files (sha256));
diesel::joinable!(partnerships -> applications (application_id));
diesel::joinable!(sendings -> applications (application_id));
diesel::joinable!(submissions -> applications (application_id));
diesel::joinable!(document_prints -> submissions (submission_id));
// The board counts applications by their own columns and their check's in one statement.
diesel::allow_columns_to_appear_in_same_group_by_clause!(applications::status, applications::municipality, checks::state, checks::checker_name,);
diesel::joinable!(checks -> applications (application_id));
diesel::joinable!(checks -> rounds (round_id));
diesel::joinable!(check_lines -> checks (application_id));
diesel::joinable!(clarifications -> applications (application_id));
diesel::joinable!(impartiality -> rounds (round_id));
diesel::joinable!(impartiality -> people (person_id));
diesel::joinable!(assignments -> applications (application_id));
diesel::joinable!(assignments -> rounds (round_id));
diesel::joinable!(assignments -> people (evaluator_id));
diesel::joinable!(evaluations -> applications (application_id));
diesel::joinable!(evaluations -> rounds (round_id));
diesel::joinable!(awards -> rounds (round_id));
diesel::joinable!(award_outcomes -> applications (application_id));
diesel::joinable!(award_outcomes -> awards (round_id));
diesel::joinable!(contracts -> applications (application_id));
diesel::joinable!(contracts -> programmes (programme_id));
diesel::joinable!(contracts -> rounds (round_id));
diesel::joinable!(contracts -> organisations (organisation_id));
diesel::joinable!(contract_lines -> contracts (contract_id));
diesel::joinable!(signatures -> contracts (contract_id));
diesel::joinable!(signatures -> people (person_id));
diesel::joinable!(activities -> contracts (contract_id));
diesel::joinable!(indicators -> contracts (contract_id));
diesel::joinable!(indicator_values -> indicators (indicator_id));
diesel::joinable!(reports -> contracts (contract_id));
diesel::joinable!(expenses -> contracts (contract_id));
diesel::joinable!(expenses -> contract_lines (line_id));
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    contract_lines::id,
    contract_lines::position,
    contract_lines::heading,
    contract_lines::total,
    expenses::report_id,
);
diesel::joinable!(expenses -> reports (report_id));
diesel::joinable!(expenses -> files (sha256));
diesel::joinable!(payments -> contracts (contract_id));
diesel::joinable!(payments -> reports (report_id));

diesel::allow_tables_to_appear_in_same_query!(
    events,
    chain,
    letters,
    files,
    beats,
    people,
    organisations,
    memberships,
    organisation_papers,
    sessions,
    sign_in_links,
    api_tokens,
    throttles,
    parked_forms,
    programmes,
    roles,
    invitations,
    rounds,
    questions,
    corrigenda,
    applications,
    deadline_decisions,
    application_parts,
    application_places,
    application_themes,
    attachments,
    partnerships,
    readiness,
    sendings,
    submissions,
    document_prints,
    checks,
    check_lines,
    clarifications,
    impartiality,
    assignments,
    evaluations,
    awards,
    award_outcomes,
    contracts,
    contract_lines,
    signatures,
    activities,
    indicators,
    indicator_values,
    reports,
    expenses,
    payments,
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(payments::state, payments::first_by, contracts::state, reports::state);
