DROP TABLE parked_forms;
DROP TABLE throttles;
DROP TABLE api_tokens;
DROP TABLE sign_in_links;
DROP TABLE sessions;
DROP TABLE memberships;
DROP TABLE organisations;
DROP TABLE people;
