# Sample file of a worked example. No such system runs.
# Asked before each task and each call, with the claims of the token and never with text of the message.
package doc_server

default allow := false

allow if {
	some skill in data.vendors[input.token.vendor].skills
	skill == input.call.skill
	input.call.document.contract in data.vendors[input.token.vendor].contracts
}
