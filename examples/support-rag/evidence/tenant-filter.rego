# Sample file of a worked example. No such system runs.
# Applied to every retrieved passage, after the query was already limited to the namespace of the tenant.
package retrieval

default allow := false

allow if input.chunk.tenant == input.caller.tenant

allow if input.chunk.tenant == "product-docs"
