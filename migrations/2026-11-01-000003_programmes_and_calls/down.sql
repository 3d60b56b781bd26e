DROP TABLE rounds;
DROP TABLE invitations;
DROP TABLE roles;
DROP TABLE programmes;
