DROP TABLE corrigenda;
DROP TABLE questions;
DROP TABLE rounds;
DROP TABLE invitations;
DROP TABLE roles;
DROP TABLE programmes;
