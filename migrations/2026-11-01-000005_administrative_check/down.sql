DROP TABLE clarifications;
DROP TABLE check_lines;
DROP TABLE checks;
