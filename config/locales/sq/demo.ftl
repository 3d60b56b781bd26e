demo-title = Demonstrimi
demo-lede = Ora e këtij demonstrimi është { $now } dhe ecën që aty. Zgjidhni një rol për të qenë ai person; lexoni çfarë i është shkruar.
demo-roles = Rolet
demo-role = Hyr si
demo-who = Kush
demo-mailbox = Letrat për { $address }
demo-applicant = Aplikant: { $organisation }
