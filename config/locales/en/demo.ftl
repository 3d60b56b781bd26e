demo-title = The demo
demo-lede = The clock of this demo stands at { $now } and runs on from there. Press a role to be that person; read what they were written.
demo-roles = Roles
demo-role = Sign in as
demo-who = Who
demo-mailbox = Letters to { $address }
demo-applicant = Applicant: { $organisation }
