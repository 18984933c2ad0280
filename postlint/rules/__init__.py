"""The rules, one module each, in a folder for each family; being here is all it takes to be one."""
